// See evaluate.hpp: the functions that configurations call, and the environment they read.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "engine/config_script/evaluate.hpp"

namespace cm::engine::config_script {
namespace {

std::optional<std::vector<std::string>> all_texts(std::vector<Value> const& values) {
    std::vector<std::string> texts{};
    for (auto const& value : values) {
        if (!value.is(ValueKind::text)) return {};
        texts.push_back(value.text);
    }
    return texts;
}

/// The first argument that says why the call has no value.
Value const* blocking(std::vector<Value> const& arguments) {
    for (auto const kind : {ValueKind::unknown, ValueKind::undefined}) {
        auto const found = std::find_if(arguments.begin(), arguments.end(),
                                        [&](Value const& one) { return one.is(kind); });
        if (found != arguments.end()) return &*found;
    }
    return nullptr;
}

/// path.resolve: from the last absolute part on.
std::string resolve(std::vector<std::string> parts, std::string const& working_directory) {
    parts.insert(parts.begin(), working_directory);
    for (auto i = parts.size(); i-- > 0;) {
        if (parts[i].starts_with('/')) {
            parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(i));
            break;
        }
    }
    auto path = join_paths(parts);
    if (path.size() > 1 && path.ends_with('/')) path.pop_back();
    return path;
}

std::string replaced(std::string text, std::string const& what, std::string const& by, bool all) {
    for (auto at = text.find(what); at != std::string::npos && !what.empty();
         at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
        if (!all) break;
    }
    return text;
}

}  // namespace

Value Evaluator::variable_of_environment(std::string const& name, Expression const& at) {
    auto const found = environment_.variables.find(name);
    auto value = found == environment_.variables.end()
                     ? Value{.kind = ValueKind::undefined, .variable = name}
                     : text_value(found->second);
    if (!active_variables_.insert(name).second) return value;
    for (auto const& assignment : script_.assignments) {
        auto const& target = *assignment.target;
        auto const is_member = (target.kind == ExpressionKind::member && target.text == name) ||
                               (target.kind == ExpressionKind::element &&
                                evaluate(target.operands.back()).text == name);
        if (!is_member || !evaluate(target.operands.front()).is(ValueKind::environment)) continue;
        auto const is_kept =
            assignment.operation == "?\?="
                ? value.is(ValueKind::text)
                : assignment.operation == "||=" && value.is(ValueKind::text) && !value.text.empty();
        auto const is_done = hold(assignment.conditions);
        if (is_kept || is_done == false) continue;
        value = is_done
                    ? evaluate(assignment.value)
                    : unknown_value(at.span, fmt::format("`{}`, which the file modifies", name));
    }
    active_variables_.erase(name);
    return is_assigned_unseen(name)
               ? unknown_value(at.span, fmt::format("`{}`, which the file modifies", name))
               : value;
}

bool Evaluator::is_assigned_unseen(std::string const& variable) const {
    return std::any_of(script_.skipped.begin(), script_.skipped.end(), [&](Span span) {
        auto const text = sources_.text(span);
        auto const name = "env." + variable;
        for (auto at = text.find(name); at != std::string_view::npos;
             at = text.find(name, at + 1)) {
            auto const behind = text.find_first_not_of(" \t?|", at + name.size());
            if (behind != std::string_view::npos && text[behind] == '=' &&
                text.substr(behind, 2) != "==") {
                return true;
            }
        }
        return false;
    });
}

Value Evaluator::evaluate_call(Expression const& expression) {
    auto const& callee = *expression.operands.front();
    std::vector<Value> arguments{};
    for (auto at = expression.operands.begin() + 1; at != expression.operands.end(); ++at) {
        arguments.push_back(evaluate(*at));
    }
    if (callee.kind == ExpressionKind::member) {
        auto const object = evaluate(callee.operands.front());
        if (object.is(ValueKind::text)) {
            return call_method(object, callee.text, arguments, expression);
        }
        if (object.is(ValueKind::undefined)) return object;  // process.env.X?.trim()
        if (object.is(ValueKind::file_url) && callee.text == "toString") return object;
    }
    auto const function = evaluate(expression.operands.front());
    if (function.is(ValueKind::function)) {
        return call(function.text, arguments, expression);
    }
    return function.is(ValueKind::unknown) && callee.kind == ExpressionKind::word
               ? unknown_value(expression.span,
                               fmt::format("what the function `{}` returns", callee.text))
               : unknown_value(expression.span, "what this function returns");
}

Value Evaluator::call_method(Value const& text, std::string const& method,
                             std::vector<Value> const& arguments, Expression const& at) {
    if (method == "trim") return text_value(std::string{trimmed(text.text)});
    if (method == "toString") return text;
    if (method == "toLowerCase") return text_value(to_lower(text.text));
    auto const texts = all_texts(arguments);
    if (texts && texts->size() == 2 && (method == "replace" || method == "replaceAll")) {
        return text_value(replaced(text.text, (*texts)[0], (*texts)[1], method == "replaceAll"));
    }
    if (texts && method == "concat") {
        auto result = text;
        for (auto const& part : *texts) result.text += part;
        return result;
    }
    return unknown_value(at.span, "this expression");
}

void Evaluator::note_dotenv(std::vector<Value> const& arguments) {
    auto const path = arguments.empty() ? Value{} : arguments.front().member("path");
    auto const note = [&](Value const& one) {
        if (one.is(ValueKind::text)) {
            dotenv_files_.push_back((environment_.working_directory / one.text).string());
        } else if (one.is(ValueKind::file_url)) {
            dotenv_files_.push_back(one.text);
        }
    };
    if (path.is(ValueKind::array)) {
        std::for_each(path.items.begin(), path.items.end(), note);
    } else {
        note(path.is(ValueKind::undefined) ? text_value(".env") : path);
    }
}

Value Evaluator::call(std::string const& function, std::vector<Value> const& arguments,
                      Expression const& at) {
    auto const first = arguments.empty() ? Value{} : arguments.front();
    if (function == "prisma.defineConfig" || function == "drizzle.defineConfig" ||
        function == "defineConfig") {
        return first;
    }
    if (function == "dotenv.config") {
        note_dotenv(arguments);
        return {.kind = ValueKind::object};
    }
    if (function == "next.loadEnvConfig") {
        auto const is_development = arguments.size() > 1 && arguments[1].text == "true";
        auto const mode = is_development ? ".env.development" : ".env.production";
        for (auto const& name : {std::string(mode) + ".local", std::string(".env.local"),
                                 std::string(mode), std::string(".env")}) {
            dotenv_files_.push_back((environment_.working_directory / name).string());
        }
        return {.kind = ValueKind::object};
    }
    if (function == "process.loadEnvFile") {
        dotenv_files_.push_back(
            (environment_.working_directory / (first.is(ValueKind::text) ? first.text : ".env"))
                .string());
        return {};
    }
    if (function == "process.cwd") return text_value(environment_.working_directory.string());
    if (auto const* const block = blocking(arguments)) return *block;
    if (function == "prisma.env" || function == "Deno.env.get") {
        return first.is(ValueKind::text) ? variable_of_environment(first.text, at)
                                         : unknown_value(at.span, "this expression");
    }
    if (function == "require" && first.is(ValueKind::text)) {
        auto const module = imported({first.text, "*"}, at);
        if (first.text == "dotenv/config") note_dotenv({});
        return module.is(ValueKind::unknown) && first.text == "dotenv/config" ? Value{} : module;
    }
    if (function == "url.fileURLToPath") {
        auto const path = first.is(ValueKind::file_url) || !first.text.starts_with("file://")
                              ? first.text
                              : first.text.substr(std::string_view("file://").size());
        return text_value(path);
    }
    if (function == "String") return text_value(first.text);
    if (function == "Number" || function == "parseInt") {
        auto const is_number = (first.is(ValueKind::text) || first.is(ValueKind::number)) &&
                               !first.text.empty() &&
                               first.text.find_first_not_of("0123456789") == std::string::npos;
        return is_number ? Value{.kind = ValueKind::number, .text = first.text}
                         : unknown_value(at.span, "this expression");
    }
    auto const texts = all_texts(arguments);
    if (texts && function == "path.join") return text_value(join_paths(*texts));
    if (texts && function == "path.normalize") return text_value(join_paths(*texts));
    if (texts && function == "path.resolve") {
        return text_value(resolve(*texts, environment_.working_directory.string()));
    }
    if (texts && !texts->empty() && function == "path.dirname") {
        return text_value(std::filesystem::path(texts->front()).parent_path().string());
    }
    return unknown_value(at.span, fmt::format("what `{}` returns", function));
}

Value Evaluator::evaluate_construction(Expression const& construction) {
    std::vector<Value> parts{};
    for (auto const& operand : construction.operands) parts.push_back(evaluate(operand));
    auto const is_url = parts.front().is(ValueKind::function) &&
                        (parts.front().text == "URL" || parts.front().text == "url.URL");
    if (is_url && parts.size() == 3 && parts[1].is(ValueKind::text) &&
        parts[2].is(ValueKind::file_url)) {
        auto const base = std::filesystem::path(parts[2].text).parent_path();
        return {.kind = ValueKind::file_url,
                .text = (base / parts[1].text).lexically_normal().string()};
    }
    if (is_url && parts.size() == 2 && parts[1].is(ValueKind::file_url)) return parts[1];
    return unknown_value(construction.span, "this expression");
}

}  // namespace cm::engine::config_script
