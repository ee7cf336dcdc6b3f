/* Runs a command as a user without rights:
 *   as_user COMMAND...
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char** argv) {
  const unsigned nobody = 65534;
  if (argc < 2 || setgid(nobody) != 0 || setuid(nobody) != 0) {
    fprintf(stderr, "as_user: %s\n", strerror(errno));
    return 125;
  }
  execvp(argv[1], argv + 1);
  fprintf(stderr, "as_user: %s: %s\n", argv[1], strerror(errno));
  return 127;
}
