#include <countercheck/region.h>

static double values[1 << 16];

int main(void) {
  double sum = 0;
  countercheck_name_array(values, sizeof values, "values");
  countercheck_region_begin();
  for (int i = 0; i < 1 << 16; ++i) values[i] = i;
  countercheck_region_end(1 << 16);
  for (int i = 0; i < 1 << 16; ++i) sum += values[i];
  countercheck_digest_real(sum);
  countercheck_digest_exact(sizeof values);
  return 0;
}
