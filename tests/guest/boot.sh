# One boot of the emulated machine. Sourced by run.
# shellcheck shell=bash

# boot KERNEL INITRAMFS CASES RESULTS: runs the cases of that name and unpacks what came of them into RESULTS. One CPU
# and -icount: time is then counted in instructions, and the emulated PMU counts these exactly.
boot() {
  local kernel=$1 initramfs=$2 name=$3 results=$4 model
  model=$(sed -n 's/^cpu //p' "tests/guest/cases/$name")
  rm -rf "$results"
  mkdir -p "$results"
  timeout 500 qemu-system-aarch64 -M virt -cpu "$model" -smp 1 -m 512 -icount shift=0 -nographic -nodefaults \
    -serial stdio -no-reboot -kernel "$kernel" -initrd "$initramfs" \
    -append "console=ttyAMA0 panic=-1 quiet nokaslr cases=$name" </dev/null 2>&1 | tr -d '\r' >"$results/console" || true
  # A kernel that panics ends qemu with status 0 as well.
  grep -qx '=== end' "$results/console" ||
    { tail -n 30 "$results/console"; die 1 "the emulated machine '$name' did not reach its end"; }
  sed -e '0,/^=== results$/d' -e '/^=== end$/,$d' "$results/console" | base64 -d | tar -xz -C "$results"
}
