#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"  // a header of C, for the model alone
#include "simulator/model/order.h"
#pragma GCC diagnostic pop

namespace countercheck {
namespace {

// A list that is searched and rotated at every use.
class SlowOrder {
 public:
  explicit SlowOrder(std::uint32_t ways) {
    for (std::uint32_t way = 0; way < ways; ++way) ways_.push_back(way);
  }
  void use(std::uint32_t way) {
    const auto place = std::find(ways_.begin(), ways_.end(), way);
    std::rotate(ways_.begin(), place, place + 1);
  }
  void put_last(std::uint32_t way) {
    const auto place = std::find(ways_.begin(), ways_.end(), way);
    std::rotate(place, place + 1, ways_.end());
  }
  std::vector<std::uint32_t> oldest_first() const { return {ways_.rbegin(), ways_.rend()}; }

 private:
  std::vector<std::uint32_t> ways_;  // the last used first
};

std::vector<std::uint32_t> oldest_first(const std::vector<std::uint8_t>& order, std::uint32_t ways) {
  std::vector<std::uint32_t> result{sim_order_last(order.data(), ways)};
  while (result.size() < ways) result.push_back(sim_order_before(order.data(), ways, result.back()));
  return result;
}

TEST(Order, ARingOfLinksIsAListThatIsRotated) {
  for (const std::uint32_t ways : {1u, 2u, 3u, 8u, 20u, SIM_ORDER_MAX_WAYS + 0u}) {
    std::vector<std::uint8_t> order(sim_order_bytes(ways));
    sim_order_create(order.data(), ways);
    SlowOrder slow(ways);
    std::mt19937 engine(ways);
    for (int i = 0; i < 5000; ++i) {
      const std::uint32_t way =
          i % 3 == 0 ? sim_order_last(order.data(), ways) : static_cast<std::uint32_t>(engine() % ways);
      if (i % 5 == 0) {
        sim_order_put_last(order.data(), ways, way);
        slow.put_last(way);
      } else {
        sim_order_use(order.data(), ways, way);
        slow.use(way);
      }
      ASSERT_EQ(oldest_first(order, ways), slow.oldest_first()) << ways << " ways, step " << i;
    }
  }
}

// The marks of a set end with the upper bit set, and what follows them may not look like one.
TEST(Order, NoByteOfItHasTheUpperBitSet) {
  std::vector<std::uint8_t> order(sim_order_bytes(SIM_ORDER_MAX_WAYS));
  sim_order_create(order.data(), SIM_ORDER_MAX_WAYS);
  for (const std::uint8_t byte : order) EXPECT_LT(byte, 0x80);
}

}  // namespace
}  // namespace countercheck
