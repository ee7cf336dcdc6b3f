#include "workloads/array_offset.hpp"

#include <gtest/gtest.h>

namespace countercheck::workloads {
namespace {

TEST(ArrayOffset, IsInWholeStepsOf16Bytes) {
  EXPECT_EQ(array_offset_from("00016"), 2u);
  EXPECT_EQ(array_offset_from("00031"), 2u);
  EXPECT_EQ(array_offset_from("65520"), 8190u);
}

TEST(ArrayOffset, WhatIsNoneIsNone) {
  for (const char* bytes : {static_cast<const char*>(nullptr), "", "far", "0", "-16", "99999999999"}) {
    EXPECT_EQ(array_offset_from(bytes), 0u) << (bytes ? bytes : "not set");
  }
}

}  // namespace
}  // namespace countercheck::workloads
