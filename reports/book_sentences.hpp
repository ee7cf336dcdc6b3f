#pragma once

#include <string>
#include <vector>

#include "analysis/book_reading.hpp"

namespace countercheck {

// What a reader of the book's figures must be told. Every sentence is made from the figures by a rule.

// What the tables are of, and how they were taken.
std::vector<std::string> book_heading(const BookReading& reading);

// "fewer instructions and more of them in a cycle; against it: a lower clock": the factors that make up a fifth of the
// step or more, or go against it by as much.
std::string explanation_of(const BookFactors& factors);

// Steps whose factors cannot be taken as they are.
std::vector<std::string> step_sentences(const BookReading& reading);

// What the runtimes are of.
std::vector<std::string> runtime_sentences(const BookReading& reading);

// What the book claims, and what its figures say of it.
std::vector<std::string> book_findings(const BookReading& reading);

// What was measured here, and how it differs from what the book measured.
std::vector<std::string> here_sentences(const BookReading& reading);

// Where the book's print was not followed.
std::vector<std::string> book_slips(const BookReading& reading);

}  // namespace countercheck
