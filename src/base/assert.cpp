// See assert.hpp.
#include "base/assert.hpp"

#include <stdexcept>
#include <string>

namespace cm {

void assertion_failed(std::string_view condition, std::string_view file, int line) {
    throw std::logic_error(std::string(file) + ":" + std::to_string(line) + ": " +
                           std::string(condition) + " does not hold");
}

}  // namespace cm
