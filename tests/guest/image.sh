# What is booted: the guest's programs, cross-built, and the root folder that they run in. Sourced by run.
# shellcheck shell=bash

# build_programs SYSROOT BUILD ROOT: builds in BUILD and installs into ROOT. Without debug information and hardly
# optimised: the measured variants bring their own options, the rest only has to be built soon.
build_programs() {
  # What was found among other packages may not be there any more.
  cmp -s "$1/../unpacked" "$2/packages" || rm -rf "$2"
  cmake -S tests/guest/image -B "$2" -G Ninja --toolchain "$PWD/tests/guest/toolchain.cmake" -DGUEST_SYSROOT="$1" \
    -DCMAKE_BUILD_TYPE=None -DCMAKE_C_FLAGS_NONE=-O1 -DCMAKE_CXX_FLAGS_NONE=-O1 >"$2.log"
  cp "$1/../unpacked" "$2/packages"
  cmake --build "$2" --parallel "$(nproc)"
  rm -rf "$3"
  DESTDIR=$3 cmake --install "$2" --prefix /usr --strip >/dev/null
}

# Copies the libraries that the programs in ROOT need, and those that these need.
copy_libraries() {
  local root=$1 name folder found
  shift
  local pending=("$root"/usr/bin/*)
  mkdir -p "$root/lib"
  while ((${#pending[@]})); do
    local file=${pending[-1]}
    unset 'pending[-1]'
    for name in $(aarch64-linux-gnu-objdump -p "$file" 2>/dev/null | awk '$1 == "NEEDED" {print $2}'); do
      [[ -e $root/lib/$name ]] && continue
      found=
      for folder in "$@"; do
        [[ -e $folder/$name ]] && found=$folder/$name && break
      done
      [[ $found ]] || die 1 "$file needs $name, which is in none of: $*"
      cp -L "$found" "$root/lib/$name"
      pending+=("$root/lib/$name")
    done
  done
}

# pack_root SYSROOT ROOT ARCHIVE; run sets $cross.
pack_root() {
  local sysroot=$1 root=$2 link
  copy_libraries "$root" "$sysroot/usr/lib/aarch64-linux-gnu" "$cross"
  cp -L "$cross/ld-linux-aarch64.so.1" "$root/lib/"
  # What the simulator's tool needs beside it, linked to where this machine has it, and Valgrind itself in a folder that
  # is not on PATH: rows are simulated only where they say so.
  for link in $(find "$root/usr/lib" -type l); do cp --remove-destination "$(readlink -f "$link")" "$link"; done
  mkdir -p "$root/bin" "$root/dev" "$root/valgrind" "$root/usr/libexec/valgrind"
  cp "$sysroot"/usr/bin/valgrind{,.bin} "$root/valgrind/"
  # It is the tool, by default this one, that answers valgrind --version.
  cp "$sysroot/usr/libexec/valgrind/memcheck-arm64-linux" "$root/usr/libexec/valgrind/"
  cp "$sysroot/bin/busybox" "$root/bin/"
  cp tests/guest/init "$root/init"
  cp -r tests/guest/cases "$root/cases"
  (cd "$root" && find . -print0 | cpio --quiet --null -o -H newc -R 0:0 | gzip -1) >"$3"
}
