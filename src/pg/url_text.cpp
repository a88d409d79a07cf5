// Showing a Url and asking it questions; parsing is in url.cpp.
#include <libpq-fe.h>

#include <array>
#include <memory>

#include "pg/libpq_options.hpp"
#include "pg/percent.hpp"
#include "pg/url.hpp"

namespace cm::pg {
namespace {

std::string part(std::string const& list, std::size_t index) {
    std::size_t begin = 0;
    for (; index > 0 && begin != std::string::npos; --index) {
        auto const comma = list.find(',', begin);
        if (comma == std::string::npos) {
            return {};
        }
        begin = comma + 1;
    }
    return list.substr(begin, list.find(',', begin) - begin);
}

std::size_t parts(std::string const& list) {
    std::size_t count = 1;
    for (auto const c : list) {
        count += c == ',' ? 1U : 0U;
    }
    return count;
}

std::string bracketed(std::string const& host) {
    return host.find(':') != std::string::npos ? "[" + host + "]" : percent_encode(host);
}

/// A single socket folder goes into `?host=`, the only form that Prisma's client understands.
bool is_socket(std::string const& host) {
    return host.starts_with('/') && host.find(',') == std::string::npos;
}

std::string authority(std::string const& hosts, std::string const& ports) {
    if (is_socket(hosts)) {
        return ports.empty() ? "localhost" : "localhost:" + ports;
    }
    std::string text{};
    for (std::size_t i = 0; i < parts(hosts); ++i) {
        // One port for all hosts is given to each.
        auto const port = part(ports, parts(ports) == 1 ? 0 : i);
        text += (i > 0 ? "," : "") + bracketed(part(hosts, i)) + (port.empty() ? "" : ":" + port);
    }
    return text;
}

std::string parameter(Url const& url, std::string const& name) {
    auto const found = url.parameters.find(name);
    return found == url.parameters.end() ? std::string{} : found->second;
}

}  // namespace

std::string to_text(Url const& url, ShowPassword show) {
    std::string text = "postgresql://" + percent_encode(parameter(url, "user"));
    auto const password = parameter(url, "password");
    if (show == ShowPassword::yes && !password.empty()) {
        text += ":" + percent_encode(password);
    }
    if (!text.ends_with('/')) {
        text += '@';
    }
    auto const host = parameter(url, "host");
    text +=
        authority(host, parameter(url, "port")) + "/" + percent_encode(parameter(url, "dbname"));
    std::string query{};
    auto const add = [&](std::string_view name, std::string_view value) {
        query +=
            fmt::format("{}{}={}", query.empty() ? "?" : "&", name, percent_encode(value, "/"));
    };
    if (is_socket(host)) {
        add("host", host);
    }
    constexpr std::array written{"user", "password", "host", "port", "dbname"};
    for (auto const& [name, value] : url.parameters) {
        bool const done = std::find(written.begin(), written.end(), name) != written.end();
        if (!done && (show == ShowPassword::yes || !is_secret(name))) {
            add(name, value);
        }
    }
    if (url.schema != "public") {
        add("schema", url.schema);
    }
    return text + query;
}

std::string effective_parameter(Url const& url, std::string const& keyword) {
    if (auto const found = url.parameters.find(keyword);
        found != url.parameters.end() && !found->second.empty()) {
        return found->second;
    }
    if (url.is_private) {
        return {};
    }
    std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> const options(PQconndefaults(),
                                                                                 PQconninfoFree);
    for (auto const* o = options.get(); o != nullptr && o->keyword != nullptr; ++o) {
        if (o->keyword == keyword && o->val != nullptr) {
            return o->val;
        }
    }
    return {};
}

std::string database_name(Url const& url) {
    auto name = effective_parameter(url, "dbname");
    return name.empty() ? effective_parameter(url, "user") : name;
}

std::string server_address(Url const& url) {
    auto const hosts = effective_parameter(url, "host");
    auto const ports = effective_parameter(url, "port");
    if (hosts.empty()) {
        return "localhost:" + (ports.empty() ? "5432" : ports);
    }
    if (is_socket(hosts)) {
        return hosts;
    }
    std::string text{};
    for (std::size_t i = 0; i < parts(hosts); ++i) {
        auto const host = part(hosts, i);
        auto const port = part(ports, parts(ports) == 1 ? 0 : i);
        text +=
            (i > 0 ? ", " : "") + (host.find(':') != std::string::npos ? "[" + host + "]" : host);
        if (!host.starts_with('/')) {
            text += ":" + (port.empty() ? "5432" : port);
        }
    }
    return text;
}

Url with_database(Url url, std::string name) {
    url.parameters["dbname"] = std::move(name);
    return url;
}

}  // namespace cm::pg
