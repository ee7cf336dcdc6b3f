#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace countercheck {

// The words of a command that was written as one text, as a shell would part them: at blanks, but not within quotes or
// after a backslash (POSIX.1-2017, XCU 2.2). Nothing is expanded, for no shell runs the command. Throws UserError for a
// quote that is not closed, for a text without a word, and for what only a shell could do: | ; & < > $ ` ( ) outside
// quotes.
std::vector<std::string> command_words(std::string_view text);

}  // namespace countercheck
