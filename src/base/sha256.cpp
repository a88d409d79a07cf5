// See sha256.hpp. OpenSSL's low functions, which it would rather not be called by: what it offers
// instead draws in all of its algorithms and takes a millisecond to find one of them.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/sha256.hpp"

#include <openssl/sha.h>

#include <array>

#include "base/assert.hpp"

namespace cm {

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256_CTX state{};
    auto const ok = SHA256_Init(&state) == 1 &&
                    SHA256_Update(&state, bytes.data(), bytes.size()) == 1 &&
                    SHA256_Final(digest.data(), &state) == 1;
    CM_ASSERT(ok);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text{};
    text.reserve(2 * digest.size());
    for (auto const byte : digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 0xFU];
    }
    return text;
}

}  // namespace cm
