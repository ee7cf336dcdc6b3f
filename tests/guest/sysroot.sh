# The arm64 packages, unpacked. Sourced by run, which defines say and skip.
# shellcheck shell=bash

# What packages.arm64 depends on and the guest does not need from there: the cross compiler has its own C and C++
# libraries (libc-dev is what others call libc6-dev), and nothing is booted through an initramfs of Debian's.
readonly not_needed=(libc6 libc6-dev libc-dev libgcc-s1 libstdc++6 libstdc++-12-dev libc6-dbg libltdl-dev initramfs-tools kmod
  linux-base)

# An apt of its own for arm64: with its state, its cache and the Debian mirrors of the host's own sources. Adding arm64 to
# the host's apt would force upgrades of packages that must be of one version on all architectures.
write_apt_state() {
  local folder=$1 package keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mkdir -p "$folder/state/lists/partial" "$folder/archives/partial"
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)|$(ORIGIN)' 'Created-By: Packages' |
    sed -n "s,^\(.*\)|Debian\$,deb [arch=arm64 signed-by=$keyring] \1,p" | sort -u >"$folder/sources.list"
  [[ -s $folder/sources.list ]] ||
    skip "the arm64 packages of the emulated machine are taken from a Debian mirror, and apt has none among its sources"
  for package in "${not_needed[@]}"; do
    printf 'Package: %s\nStatus: install ok installed\nVersion: 999:0\nArchitecture: arm64\nMaintainer: -\nDescription: -\n\n' \
      "$package"
  done >"$folder/status"
  cat >"$folder/apt.conf" <<END
APT::Architecture "arm64";
APT::Architectures "arm64";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "3";
Dir::State "$folder/state";
Dir::State::status "$folder/status";
Dir::Cache "$folder";
Dir::Etc::sourcelist "$folder/sources.list";
Dir::Etc::sourceparts "/dev/null";
END
}

# unpack_packages ARCHIVES SYSROOT: of the kernel only the image, its modules are ten times as large.
unpack_packages() {
  local archive
  mkdir -p "$2"
  for archive in "$1"/*.deb; do
    case ${archive##*/} in
      linux-image-cloud-*) ;; # only names the one of today
      linux-image-*) dpkg-deb --fsys-tarfile "$archive" | tar -x -C "$2" --wildcards './boot/vmlinuz-*' ;;
      *) dpkg-deb -x "$archive" "$2" ;;
    esac
  done
}

download_packages() {
  local folder=$1
  shift
  say "Downloading the arm64 packages of the emulated machine to $folder."
  write_apt_state "$folder"
  if ! APT_CONFIG=$folder/apt.conf apt-get -q update >"$folder/log" 2>&1 ||
    ! APT_CONFIG=$folder/apt.conf apt-get -q -y --no-install-recommends --download-only install "$@" \
      >>"$folder/log" 2>&1; then
    skip "the arm64 packages of the emulated machine could not be downloaded; with a network, the next run tries" \
      "again (apt says: $(sed -n 's/^[EW]: //p' "$folder/log" | head -n 1))"
  fi
  rm -rf "$folder/sysroot"
  unpack_packages "$folder/archives" "$folder/sysroot"
  rm -rf "$folder/archives" "$folder/state"
  echo "$*" >"$folder/unpacked"
}

# make_sysroot FOLDER: leaves the packages' files in FOLDER/sysroot, once for each list of packages.
make_sysroot() {
  local folder=$1 lock wanted=() list=tests/guest/packages.arm64
  mapfile -t wanted < <(sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$list")
  mkdir -p "$folder"
  # Several builds may come to it at a time.
  exec {lock}>"$folder/in-use"
  flock "$lock"
  cmp -s <(echo "${wanted[*]}") "$folder/unpacked" || download_packages "$folder" "${wanted[@]}"
  exec {lock}>&-
}
