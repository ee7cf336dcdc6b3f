#include "analysis/expectation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using Kind = Operand::Kind;

// What is said behind "the expectation '…', ".
std::string complaint(const std::string& text) {
  try {
    parse_expectation(text);
  } catch (const UserError& error) {
    EXPECT_EQ(error.trouble(), Trouble::usage);
    const std::string sentence = error.what();
    const std::string head = "the expectation '" + text + "', ";
    EXPECT_EQ(sentence.substr(0, head.size()), head);
    return sentence.substr(std::min(head.size(), sentence.size()));
  }
  return "none";
}

// A side in the notation that needs no parentheses: operands before what joins them.
std::string postfix(const Side& side) {
  std::string text;
  for (const Operand& operand : side.operands) {
    if (!text.empty()) text += ' ';
    switch (operand.kind) {
      case Kind::number: {
        char number[32];
        std::snprintf(number, sizeof number, "%.17g", operand.number);
        text += number;
        break;
      }
      case Kind::reading:
        text += operand.wanted.variant + "." + operand.wanted.quantity +
                (operand.wanted.per == Per::work_item ? "/item" : "");
        break;
      case Kind::negative:
        text += "neg";
        break;
      case Kind::sum:
        text += "+";
        break;
      case Kind::difference:
        text += "-";
        break;
      case Kind::product:
        text += "*";
        break;
      case Kind::quotient:
        text += "/";
        break;
    }
  }
  return text;
}

std::string parsed(const std::string& text) {
  const Expectation expectation = parse_expectation(text);
  EXPECT_EQ(expectation.text, text);
  return postfix(expectation.left) + " " + std::string(to_string(expectation.relation)) + " " +
         postfix(expectation.right);
}

TEST(Expectation, TheExamplesOfTheManual) {
  EXPECT_EQ(parsed("roll-add.instructions < 0.5 * in-place.instructions"),
            "roll-add.instructions < 0.5 in-place.instructions *");
  EXPECT_EQ(parsed("page-faults(in-place) >= 10 * page-faults(roll-add)"),
            "in-place.page-faults >= 10 roll-add.page-faults *");
  EXPECT_EQ(parsed("new.time <= 1.02 * old.time"), "new.wall-time <= 1.02 old.wall-time *");
}

TEST(Expectation, EveryComparison) {
  for (const char* relation : {"<", "<=", ">", ">=", "==", "!="}) {
    EXPECT_EQ(parsed("a.cycles " + std::string(relation) + " b.cycles"),
              "a.cycles " + std::string(relation) + " b.cycles");
    EXPECT_EQ(parsed("a.cycles" + std::string(relation) + "b.cycles"),
              "a.cycles " + std::string(relation) + " b.cycles");
  }
}

TEST(Expectation, ProductsBindCloserThanSumsAndBothGoFromTheLeft) {
  EXPECT_EQ(parsed("a.cycles - b.cycles - c.cycles < 2 * a.cycles + b.cycles / 4 / 2"),
            "a.cycles b.cycles - c.cycles - < 2 a.cycles * b.cycles 4 / 2 / +");
  EXPECT_EQ(parsed("(a.cycles + b.cycles) * 2 < -3 * -a.cycles"), "a.cycles b.cycles + 2 * < 3 neg a.cycles neg *");
}

TEST(Expectation, AMinusOrASlashWithinAWordBelongsToTheName) {
  EXPECT_EQ(parsed("in-place.cache-misses - b.L1-dcache-loads > 0"), "in-place.cache-misses b.L1-dcache-loads - > 0");
  EXPECT_EQ(parsed("a.cpu/event=0xc0,umask=1/u > 5"), "a.cpu/event=0xc0,umask=1/u > 5");
  EXPECT_EQ(parsed("skl::L1D:REPLACEMENT:u(a) > 5"), "a.skl::L1D:REPLACEMENT:u > 5");
  EXPECT_EQ(parsed("a.de_src_op_disp.all / b.r00c0 > 5"), "a.de_src_op_disp.all b.r00c0 / > 5");
  EXPECT_EQ(parsed("2-1 < a.cycles"), "2 1 - < a.cycles") << "no name begins with a digit";
}

TEST(Expectation, NamesWithOddCharactersStandInQuotes) {
  EXPECT_EQ(parsed(R"("./new data.bin".time < './old x'.time)"), "./new data.bin.wall-time < ./old x.wall-time");
  EXPECT_EQ(parsed(R"(cycles("6-10") > 'sys:a b'("v1.2"))"), "6-10.cycles > v1.2.sys:a b");
}

TEST(Expectation, ADotInTheNameOfAVariantNeedsQuotesOrParentheses) {
  EXPECT_EQ(parsed("v1.2.cycles > 1"), "v1.2.cycles > 1");
  EXPECT_EQ(parse_expectation("v1.2.cycles > 1").left.whole().wanted.variant, "v1");
  EXPECT_EQ(parse_expectation("cycles(v1.2) > 1").left.whole().wanted.variant, "v1.2");
  EXPECT_EQ(parse_expectation("\"v1.2\".cycles > 1").left.whole().wanted.variant, "v1.2");
  EXPECT_EQ(parse_expectation("v1.\"a.b\" > 1").left.whole().wanted.quantity, "a.b");
}

TEST(Expectation, NumbersHaveUnits) {
  EXPECT_EQ(parsed("a.cycles < 1.5M"), "a.cycles < 1500000");
  EXPECT_EQ(parsed("a.cycles < 2e3"), "a.cycles < 2000");
  EXPECT_EQ(parsed("a.cycles < .5k"), "a.cycles < 500");
  EXPECT_EQ(parsed("a.cycles < 3Ki"), "a.cycles < 3072");
  EXPECT_EQ(parsed("a.cycles < 102% * b.cycles"), "a.cycles < 1.02 b.cycles *");
  EXPECT_EQ(parsed("a.time < 20ms"), "a.wall-time < 20000000");
  EXPECT_EQ(parsed("a.task-clock < 3µs"), "a.task-clock < 3000");
  EXPECT_EQ(parsed("a.time - b.time < 1.5s"), "a.wall-time b.wall-time - < 1500000000");
  EXPECT_EQ(parsed("a.peak-rss <= 64MiB"), "a.peak-rss <= 67108864");
  EXPECT_EQ(parsed("a.time / a.instructions < 1ns"), "a.wall-time a.instructions / < 1");
  EXPECT_EQ(parsed("a.cache-miss-rate < 5%"), "a.cache-miss-rate < 0.050000000000000003");
}

TEST(Expectation, PerItem) {
  EXPECT_EQ(parsed("a.instructions per item <= 30"), "a.instructions/item <= 30");
  EXPECT_EQ(parsed("time(a) per item < 2 * b.time per item"), "a.wall-time/item < 2 b.wall-time/item *");
}

TEST(Expectation, OtherNamesOfAnEventAreTheSame) {
  EXPECT_EQ(parsed("a.faults:u > cs(b)"), "a.page-faults:u > b.context-switches");
}

TEST(Expectation, EveryMistakeHasItsSentence) {
  EXPECT_EQ(complaint(""), "column 1: it is empty: write one such as new.time <= 1.02 * old.time");
  EXPECT_EQ(complaint("a.cycles"), "column 9: it ends without a comparison: <, <=, >, >=, == or !=");
  EXPECT_EQ(complaint("a.cycles <"), "column 11: it ends where a number or a reading such as new.time is due");
  EXPECT_EQ(complaint("a.cycles < * 2"), "column 12: a number or a reading such as new.time is due before '*'");
  EXPECT_EQ(complaint("a.cycles < 1 < 2"),
            "column 14: this is a second comparison: state it in an expectation of its own");
  EXPECT_EQ(complaint("a.cycles b.cycles < 2"),
            "column 10: between two numbers or readings stands one of + - * / or a comparison");
  EXPECT_EQ(complaint("a.time < 2 ms"), "column 12: 'ms' after a number: a unit is written without a blank before it");
  EXPECT_EQ(complaint("instructions < 2"),
            "column 1: 'instructions' of which variant? Write VARIANT.instructions or instructions(VARIANT)");
  EXPECT_EQ(complaint("a.cycles = 2"), "column 10: '=' is no comparison: '==' is");
  EXPECT_EQ(complaint("a.cycles =< 2"), "column 10: '=<' is no comparison: '<=' is");
  EXPECT_EQ(complaint("a.cycles => 2"), "column 10: '=>' is no comparison: '>=' is");
  EXPECT_EQ(complaint("a.cycles <> 2"), "column 10: '<>' is no comparison: '!=' is");
  EXPECT_EQ(complaint("a.cycles < 2 && a.time < 2s"),
            "column 14: '&&' joins nothing here: state each in an expectation of its own");
  EXPECT_EQ(complaint("a.cycles < $2"),
            "column 12: '$' means nothing here; a name with odd characters is written in quotes");
  EXPECT_EQ(complaint("a.cycles < \x01"),
            "column 12: the byte 0x01 means nothing here; a name with odd characters is written in quotes");
  EXPECT_EQ(complaint("(a.cycles < 2"), "column 1: this parenthesis is not closed");
  EXPECT_EQ(complaint("a.cycles) < 2"), "column 9: this parenthesis was not opened");
  EXPECT_EQ(complaint("a.cycles < 2)"), "column 13: this parenthesis was not opened");
  EXPECT_EQ(complaint("\"a.cycles < 2"), "column 1: this quote is not closed");
  EXPECT_EQ(complaint("''.cycles < 2"), "column 1: there is no name in these quotes");
  EXPECT_EQ(complaint("a. < 2"), "column 4: the name of an event is due behind the dot");
  EXPECT_EQ(complaint("cycles(6-10) < 2"),
            "column 8: the name of a variant is due in cycles(…), in quotes if it begins with no letter");
  EXPECT_EQ(complaint("cycles(a b) < 2"),
            "column 10: a ')' is due behind the name of the variant; a name with blanks is written in quotes");
  EXPECT_EQ(
      complaint("a.cycles < 5furlongs"),
      "column 13: 'furlongs' is no unit of a number; these are: %, k, M, G, T, Ki, Mi, Gi, Ti, ns, us, µs, ms, s, "
      "B, kB, MB, GB, KiB, MiB, GiB");
  EXPECT_EQ(complaint("a.cycles < 1e999"), "column 12: this number is larger or smaller than any that is counted with");
  EXPECT_EQ(complaint("1 < 2"), "column 1: it reads nothing of any variant: write VARIANT.EVENT on a side");
  EXPECT_EQ(complaint("a.cycles per cell < 2"), "column 14: 'per' goes on with 'item'");
  EXPECT_EQ(complaint("a.insns-per-cycle per item < 2"),
            "column 19: insns-per-cycle is a quotient already and is not divided by work items");
  EXPECT_EQ(complaint("a.peak-rss per item < 2B"), "column 12: peak-rss is a peak and is not divided by work items");
  EXPECT_EQ(complaint("a.time < 2"),
            "column 8: a time and a plain number cannot be compared; a time has a unit, as in 20ms");
  EXPECT_EQ(complaint("a.peak-rss < 2"),
            "column 12: a number of bytes and a plain number cannot be compared; bytes have a unit, as in 64MiB");
  EXPECT_EQ(complaint("a.time < a.peak-rss"), "column 8: a time and a number of bytes cannot be compared");
  EXPECT_EQ(complaint("a.time * a.time < 2s"), "column 17: a product of units and a time cannot be compared");
  EXPECT_EQ(complaint("a.time + 2 < 2s"),
            "column 8: a time and a plain number cannot be added; a time has a unit, as in 20ms");
  EXPECT_EQ(complaint("a.cycles - 2s < 2"),
            "column 10: a plain number and a time cannot be subtracted; a time has a unit, as in 20ms");
  EXPECT_EQ(complaint("a.cache-miss-rate < 5"),
            "column 19: cache-miss-rate is a share and never more than 1: write it with %, as in 5%");
  EXPECT_EQ(complaint("größer.cycles ? 5"),
            "column 15: '?' means nothing here; a name with odd characters is written in quotes")
      << "columns are characters";
}

TEST(Expectation, IsBounded) {
  const std::string open(kDeepestExpectation, '(');
  EXPECT_EQ(parsed(open + "a.cycles" + std::string(kDeepestExpectation, ')') + " < 2"), "a.cycles < 2");
  EXPECT_EQ(complaint(open + "("), "column 51: more than 50 parentheses and signs within each other are not read");
  EXPECT_EQ(complaint("a.cycles < " + std::string(900, '-')),
            "column 62: more than 50 parentheses and signs within each other are not read");
  EXPECT_THROW(
      {
        try {
          parse_expectation(std::string(1001, 'a'));
        } catch (const UserError& error) {
          EXPECT_STREQ(error.what(), "an expectation of 1001 bytes is not read: at most 1000 are");
          throw;
        }
      },
      UserError);
}

// Every beginning of a text, and every text with one byte put in its place, is read or refused.
TEST(Expectation, AnyTextIsReadOrRefused) {
  const std::string text = "(a.cycles per item + 'b c'.cpu/event=1,x=2/) * -2e1% <= \"d\".faults:u - 3 / time(e.f)";
  std::size_t refused = 0;
  const auto attempt = [&](const std::string& one) {
    try {
      parse_expectation(one);
    } catch (const UserError&) {
      ++refused;
    }
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    attempt(text.substr(0, at));
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = text;
      changed[at] = static_cast<char>(byte);
      attempt(changed);
    }
  }
  EXPECT_GT(refused, text.size());
}

TEST(ExpectationNames, WhatItReadsAndWhatMustBeCountedForIt) {
  const Expectation expectation =
      parse_expectation("new.insns-per-cycle / old.time > 2 * new.cache-miss-rate / old.time - 1 / new.time");
  EXPECT_THAT(events_wanted(expectation),
              ElementsAre("instructions", "cycles", "wall-time", "cache-misses", "cache-references"));
  EXPECT_THAT(events_wanted(parse_expectation("a.retiring > 50%")), ElementsAre("topdown"));
}

TEST(ExpectationNames, UnknownNamesAreAnsweredWithTheNearest) {
  const auto check = [](const char* text) -> std::string {
    try {
      check_names(parse_expectation(text), {"in-place", "roll-add"},
                  [](const std::string& event) { return event == "instructions" || event == "wall-time"; });
    } catch (const UserError& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_EQ(check("roll-add.time < in-place.insns-per-cycle * 1ns"), "none");
  EXPECT_EQ(check("in-place.time < rolladd.time"),
            "the expectation 'in-place.time < rolladd.time', column 17: there is no variant 'rolladd' (did you mean "
            "roll-add?)");
  EXPECT_EQ(check("in-place.instrctions < 2"),
            "the expectation 'in-place.instrctions < 2', column 10: there is no event or metric 'instrctions' (did you "
            "mean instructions?); countercheck list events and countercheck list metrics show them");
  EXPECT_EQ(check("in-place.insn-per-cycle < 2"),
            "the expectation 'in-place.insn-per-cycle < 2', column 10: there is no event or metric 'insn-per-cycle' "
            "(did you mean insns-per-cycle?); countercheck list events and countercheck list metrics show them");
}

}  // namespace
}  // namespace countercheck
