#pragma once

#include <cstddef>
#include <cstdint>

// What libFuzzer calls, with any bytes (https://llvm.org/docs/LibFuzzer.html). It must give 0; a mistake of the user's
// is an answer too, and everything else that is thrown ends the program.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
