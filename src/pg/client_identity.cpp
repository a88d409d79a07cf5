// See client_identity.hpp. OpenSSL is loaded when it is needed, as libpq is (see late_libpq.cpp),
// which itself stands on it.
#include "pg/client_identity.hpp"

#include <dlfcn.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string_view>

#include "base/diagnostic.hpp"
#include "base/file.hpp"
#include "pg/late_libpq.hpp"

namespace cm::pg {
namespace {

[[noreturn]] void reject(std::string const& reason) {
    throw Failure(
        error("CM0401", "invalid database URL: {}", reason)
            .help("pass the password of the file with `sslpassword`")
            .help("or convert it with `openssl pkcs12` and give `sslcert` and `sslkey` instead"),
        ExitCode::misconfigured);
}

void* libcrypto() {
    for (auto const* name : {"libcrypto.so.3", "libcrypto.so.1.1"}) {
        if (auto* const library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {
            return library;
        }
    }
    reject("`sslidentity` needs OpenSSL's library, which is not installed");
}

/// A function of OpenSSL's, typed as its header says.
#define CM_OPENSSL(name) (*reinterpret_cast<decltype(&::name)>(find_function(library, #name)))

/// Certificates and key as PEM.
struct Identity {
    std::string certificates{};
    std::string key{};
};

class Reader {
  public:
    Identity read(std::string const& file, std::string const& password) const {
        auto const* const bytes = file.data();
        Bio const input{CM_OPENSSL(BIO_new_mem_buf)(bytes, static_cast<int>(file.size())),
                        CM_OPENSSL(BIO_free)};
        std::unique_ptr<PKCS12, decltype(&::PKCS12_free)> const sealed{
            CM_OPENSSL(d2i_PKCS12_bio)(input.get(), nullptr), CM_OPENSSL(PKCS12_free)};
        EVP_PKEY* key = nullptr;
        X509* certificate = nullptr;
        STACK_OF(X509)* chain = nullptr;
        if (sealed == nullptr || CM_OPENSSL(PKCS12_parse)(sealed.get(), password.c_str(), &key,
                                                          &certificate, &chain) != 1) {
            return {};
        }
        std::unique_ptr<EVP_PKEY, decltype(&::EVP_PKEY_free)> const key_owner{
            key, CM_OPENSSL(EVP_PKEY_free)};
        Identity identity{};
        identity.key = text([&](BIO* out) {
            CM_OPENSSL(PEM_write_bio_PrivateKey)
            (out, key, nullptr, nullptr, 0, nullptr, nullptr);
        });
        identity.certificates = text([&](BIO* out) { write(out, certificate, chain); });
        return identity;
    }

  private:
    using Bio = std::unique_ptr<BIO, int (*)(BIO*)>;

    void write(BIO* out, X509* certificate, STACK_OF(X509) * chain) const {
        CM_OPENSSL(PEM_write_bio_X509)(out, certificate);
        CM_OPENSSL(X509_free)(certificate);
        auto* const all = reinterpret_cast<OPENSSL_STACK*>(chain);
        for (int i = 0; all != nullptr && i < CM_OPENSSL(OPENSSL_sk_num)(all); ++i) {
            auto* const next = static_cast<X509*>(CM_OPENSSL(OPENSSL_sk_value)(all, i));
            CM_OPENSSL(PEM_write_bio_X509)(out, next);
            CM_OPENSSL(X509_free)(next);
        }
        CM_OPENSSL(OPENSSL_sk_free)(all);
    }

    template <class Write>
    std::string text(Write const& write_to) const {
        Bio const out{CM_OPENSSL(BIO_new)(CM_OPENSSL(BIO_s_mem)()), CM_OPENSSL(BIO_free)};
        write_to(out.get());
        char* begin = nullptr;
        auto const size = CM_OPENSSL(BIO_ctrl)(out.get(), BIO_CTRL_INFO, 0, &begin);
        return size > 0 ? std::string(begin, static_cast<std::size_t>(size)) : std::string{};
    }

    void* library = libcrypto();
};

/// A file that only this process sees; libpq wants to know its key unreadable to others.
std::string memory_file(std::string_view text) {
    int const file = ::memfd_create("cm-migrate", MFD_CLOEXEC);
    if (file < 0 || ::fchmod(file, S_IRUSR | S_IWUSR) != 0 ||
        ::write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        reject("not enough memory for the contents of `sslidentity`");
    }
    return fmt::format("/proc/self/fd/{}", file);
}

using Parameters = std::map<std::string, std::string>;

Parameters open_identity(std::string const& path, std::string const& password) {
    auto const file = read_file_if_exists(path);
    if (!file) {
        reject(fmt::format("the file `{}` of `sslidentity` does not exist", path));
    }
    auto const identity = Reader{}.read(*file, password);
    if (identity.key.empty()) {
        reject(fmt::format("`{}` of `sslidentity` cannot be opened as PKCS#12", path));
    }
    return {{"sslcert", memory_file(identity.certificates)}, {"sslkey", memory_file(identity.key)}};
}

}  // namespace

void translate_identity(Parameters& parameters) {
    auto const path = parameters.extract("sslidentity");
    if (!path) {
        return;
    }
    auto const password = parameters.extract("sslpassword");
    thread_local std::map<std::string, Parameters> opened{};
    auto found = opened.find(path.mapped());
    if (found == opened.end()) {
        auto files = open_identity(path.mapped(), password ? password.mapped() : std::string{});
        found = opened.emplace(path.mapped(), std::move(files)).first;
    }
    for (auto const& [name, value] : found->second) {
        parameters[name] = value;
    }
}

}  // namespace cm::pg
