// See evaluate.hpp: operators, names, objects. Calls are in evaluate_call.cpp.
#include "engine/config_script/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace cm::engine::config_script {
namespace {

/// None if it cannot be told.
std::optional<bool> truth(Value const& value) {
    switch (value.kind) {
        case ValueKind::undefined:
            return false;
        case ValueKind::text:
            return !value.text.empty();
        case ValueKind::number:
            return value.text.find_first_not_of("0.") != std::string::npos;
        case ValueKind::boolean:
            return value.text == "true";
        case ValueKind::unknown:
            return {};
        default:
            return true;
    }
}

Value boolean(bool value) {
    return {.kind = ValueKind::boolean, .text = value ? "true" : "false"};
}

bool is_plain(Value const& value) {
    return value.is(ValueKind::text) || value.is(ValueKind::number) ||
           value.is(ValueKind::boolean) || value.is(ValueKind::undefined);
}

/// A module by the name under which its functions are known here.
std::string known_module(std::string_view name) {
    if (name.starts_with("node:")) name.remove_prefix(5);
    if (name == "path" || name == "path/posix") return "path";
    if (name == "url" || name == "process") return std::string(name);
    if (name == "dotenv" || name == "@dotenvx/dotenvx") return "dotenv";
    if (name == "@next/env") return "next";
    if (name == "prisma/config" || name == "@prisma/config" || name == "prisma") return "prisma";
    if (name == "drizzle-kit") return "drizzle";
    return {};
}

}  // namespace

Evaluator::Evaluator(ConfigScript const& script, std::filesystem::path file,
                     Environment const& environment, SourceMap const& sources)
    : script_(script), file_(std::move(file)), environment_(environment), sources_(sources) {}

Value Evaluator::exported() {
    return script_.exported ? evaluate(script_.exported) : Value{};
}

std::vector<std::string> Evaluator::dotenv_files() {
    dotenv_files_.clear();
    for (auto const& module : script_.bare_imports) {
        if (module == "dotenv-flow/config") {
            dotenv_files_.push_back((environment_.working_directory / ".env.local").string());
        }
        if (module == "dotenv/config" || module == "@dotenvx/dotenvx/config" ||
            module == "dotenv-flow/config") {
            dotenv_files_.push_back((environment_.working_directory / ".env").string());
        }
    }
    for (auto const& call : script_.calls) {
        // Files that are not there are not loaded, so that `if (existsSync(…))` need not be known.
        if (hold(call.conditions).value_or(true)) evaluate(call.expression);
    }
    for (auto const& definition : script_.definitions) evaluate(definition.second);
    return dotenv_files_;
}

Value Evaluator::evaluate(Node const& node) {
    constexpr int deepest = 300;
    constexpr int most = 100'000;  // definitions that stand on others twice each grow fast
    if (depth_ > deepest || ++steps_ > most) {
        return unknown_value(node->span, "a value that depends on too many others");
    }
    if (!active_.insert(node.get()).second) {
        return unknown_value(node->span, "a value that depends on itself");
    }
    ++depth_;
    auto const value = [&]() -> Value {
        auto const& e = *node;
        switch (e.kind) {
            case ExpressionKind::text:
                return text_value(e.text);
            case ExpressionKind::template_text:
                return evaluate_template(e);
            case ExpressionKind::number:
                return {.kind = ValueKind::number, .text = e.text};
            case ExpressionKind::word:
                return evaluate_word(e);
            case ExpressionKind::member:
            case ExpressionKind::element:
                return evaluate_member(e);
            case ExpressionKind::call:
                return evaluate_call(e);
            case ExpressionKind::construction:
                return evaluate_construction(e);
            case ExpressionKind::object:
                return evaluate_object(e);
            case ExpressionKind::array:
                return evaluate_array(e);
            case ExpressionKind::unary: {
                auto const operand = evaluate(e.operands.front());
                auto const holds = truth(operand);
                if (e.text == "await") return operand;
                if (e.text == "!" && holds) return boolean(!*holds);
                return unknown_value(e.span, "this expression");
            }
            case ExpressionKind::binary:
                return evaluate_binary(e);
            case ExpressionKind::conditional:
                return evaluate_conditional(e);
            case ExpressionKind::spread:
                return evaluate(e.operands.front());
            case ExpressionKind::unknown:
                break;
        }
        return unknown_value(e.span, e.text);
    }();
    --depth_;
    active_.erase(node.get());
    return value;
}

Value Evaluator::evaluate_word(Expression const& word) {
    auto const& name = word.text;
    if (auto const found = script_.definitions.find(name); found != script_.definitions.end()) {
        return after_assignments(name, evaluate(found->second));
    }
    if (auto const found = script_.imports.find(name); found != script_.imports.end()) {
        return imported(found->second, word);
    }
    if (name == "true" || name == "false") return boolean(name == "true");
    if (name == "undefined" || name == "null") return {};
    if (name == "__dirname") return text_value(folder());
    if (name == "__filename") return text_value(file_.string());
    if (name == "process" || name == "Bun" || name == "import" || name == "Deno" ||
        name == "globalThis") {
        return {.kind = ValueKind::module, .text = name};
    }
    if (name == "require" || name == "String" || name == "URL" || name == "defineConfig" ||
        name == "Number" || name == "parseInt") {
        return {.kind = ValueKind::function, .text = name};
    }
    return unknown_value(word.span, fmt::format("`{}`, which is not defined here", name));
}

std::optional<bool> Evaluator::hold(std::vector<Condition> const& conditions) {
    std::optional<bool> all = true;
    for (auto const& condition : conditions) {
        auto const answer = truth(evaluate(condition.question));
        if (answer && *answer != condition.answer) return false;
        if (!answer) all.reset();
    }
    return all;
}

namespace {

/// The names that lead from a variable to what is assigned: `config.datasource.url`; none if the
/// target is no such path.
std::vector<std::string> path_of(Node target) {
    std::vector<std::string> names{};
    while (target->kind == ExpressionKind::member) {
        names.insert(names.begin(), target->text);
        target = target->operands.front();
    }
    if (target->kind != ExpressionKind::word) return {};
    names.insert(names.begin(), target->text);
    return names;
}

void assign(Value& object, std::vector<std::string> const& path, std::size_t at, Value value) {
    if (at == path.size()) {
        object = std::move(value);
        return;
    }
    if (!object.is(ValueKind::object)) object = Value{.kind = ValueKind::object};
    auto member = object.member(path[at]);
    assign(member, path, at + 1, std::move(value));
    object.members.emplace_back(path[at], std::move(member));
}

}  // namespace

Value Evaluator::after_assignments(std::string const& name, Value value) {
    auto const guard = "variable " + name;
    if (!active_variables_.insert(guard).second) return value;
    for (auto const& assignment : script_.assignments) {
        auto const path = path_of(assignment.target);
        if (path.empty() || path.front() != name) continue;
        auto const is_done = hold(assignment.conditions);
        if (is_done == false) continue;
        auto now = value;
        for (std::size_t i = 1; i < path.size(); ++i) now = now.member(path[i]);
        auto const is_kept = assignment.operation != "=" && truth(now).value_or(true);
        if (is_kept) continue;
        assign(value, path, 1,
               is_done ? evaluate(assignment.value)
                       : unknown_value(assignment.target->span, "set under a condition"));
    }
    active_variables_.erase(guard);
    return value;
}

Value Evaluator::imported(Import const& import, Expression const& at) const {
    auto const module = known_module(import.module);
    if (module.empty()) {
        return unknown_value(
            at.span, fmt::format("`{}` of `{}`, which is not supported", at.text, import.module));
    }
    if (import.name == "*" || import.name == "default") {
        return {.kind = ValueKind::module, .text = module};
    }
    if (module == "process" && import.name == "env") return {.kind = ValueKind::environment};
    return {.kind = ValueKind::function, .text = module + "." + import.name};
}

Value Evaluator::evaluate_member(Expression const& member) {
    auto const object = evaluate(member.operands.front());
    auto name = member.text;
    if (member.kind == ExpressionKind::element) {
        auto const key = member.operands.size() == 2 ? evaluate(member.operands[1]) : Value{};
        if (!key.is(ValueKind::text) && !key.is(ValueKind::number)) {
            return unknown_value(member.span, "this expression");
        }
        name = key.text;
    }
    return member_of(object, name, member);
}

Value Evaluator::member_of(Value const& object, std::string const& name, Expression const& at) {
    switch (object.kind) {
        case ValueKind::environment:
            return variable_of_environment(name, at);
        case ValueKind::object:
            return object.member(name);
        case ValueKind::module:
            if (name == "env" && object.text != "Deno" && object.text != "prisma") {
                return {
                    .kind = object.text == "import" ? ValueKind::unknown : ValueKind::environment,
                    .text = "import.env",
                    .span = at.span};
            }
            if (name == "default" || name == "posix" || name == "process" || name == "meta") {
                return {.kind = ValueKind::module,
                        .text = name == "meta"      ? "import.meta"
                                : name == "process" ? "process"
                                                    : object.text};
            }
            if (object.text == "import.meta") {
                if (name == "dirname") return text_value(folder());
                if (name == "filename") return text_value(file_.string());
                if (name == "url") return {.kind = ValueKind::file_url, .text = file_.string()};
                if (name == "env") return {.kind = ValueKind::environment};
            }
            if (object.text == "path" && name == "sep") return text_value("/");
            if (object.text == "Deno" && name == "env") {
                return {.kind = ValueKind::module, .text = "Deno.env"};
            }
            return {.kind = ValueKind::function, .text = object.text + "." + name};
        case ValueKind::file_url:
            if (name == "pathname") return text_value(object.text);
            if (name == "href") return object;
            break;
        case ValueKind::unknown:
        case ValueKind::undefined:
            return object;
        default:
            break;
    }
    return unknown_value(at.span, "this expression");
}

Value Evaluator::evaluate_object(Expression const& object) {
    Value value{.kind = ValueKind::object};
    for (auto const& property : object.properties) {
        auto member = evaluate(property.value);
        if (!property.name.empty()) {
            value.members.emplace_back(property.name, std::move(member));
            continue;
        }
        if (member.is(ValueKind::unknown)) {
            value.members.emplace_back("...", std::move(member));
        }
        for (auto& inherited : member.members) value.members.push_back(std::move(inherited));
    }
    return value;
}

Value Evaluator::evaluate_array(Expression const& array) {
    Value value{.kind = ValueKind::array};
    for (auto const& operand : array.operands) {
        auto item = evaluate(operand);
        if (item.is(ValueKind::unknown)) return item;
        if (operand->kind == ExpressionKind::spread && item.is(ValueKind::array)) {
            for (auto& inner : item.items) value.items.push_back(std::move(inner));
        } else {
            value.items.push_back(std::move(item));
        }
    }
    return value;
}

Value Evaluator::evaluate_template(Expression const& text) {
    auto result = text_value(text.pieces.front());
    for (std::size_t i = 0; i < text.operands.size(); ++i) {
        auto const part = evaluate(text.operands[i]);
        if (part.is(ValueKind::unknown) || part.is(ValueKind::undefined)) return part;
        if (!is_plain(part)) return unknown_value(text.operands[i]->span, "this expression");
        result.text += part.text + text.pieces[i + 1];
    }
    return result;
}

Value Evaluator::evaluate_conditional(Expression const& conditional) {
    auto const condition = truth(evaluate(conditional.operands[0]));
    if (!condition) {
        return unknown_value(conditional.operands[0]->span, "this condition");
    }
    return evaluate(conditional.operands[*condition ? 1 : 2]);
}

Value Evaluator::evaluate_binary(Expression const& binary) {
    auto const& operation = binary.text;
    auto const left = evaluate(binary.operands[0]);
    auto const right = [&] { return evaluate(binary.operands[1]); };
    auto const holds = truth(left);
    if (!holds) return left;
    if (operation == "??" || operation == "||") {
        auto const is_taken = operation == "??" ? !left.is(ValueKind::undefined) : *holds;
        if (is_taken) return left;
        auto const other = right();
        // Of several variables that are not set, the first is the one to name.
        auto const is_nothing =
            other.is(ValueKind::undefined) || (other.is(ValueKind::text) && other.text.empty());
        return is_nothing && !left.variable.empty() ? left : other;
    }
    if (operation == "&&") return *holds ? right() : left;
    auto const other = right();
    if (other.is(ValueKind::unknown)) return other;
    if (operation == "+" && left.is(ValueKind::undefined)) return left;
    if (operation == "+" && other.is(ValueKind::undefined)) return other;
    if (is_plain(left) && is_plain(other)) {
        if (operation == "+" && (left.is(ValueKind::text) || other.is(ValueKind::text))) {
            return text_value(left.text + other.text);
        }
        auto const is_equal = left.kind == other.kind && left.text == other.text;
        if (operation == "===" || operation == "==") return boolean(is_equal);
        if (operation == "!==" || operation == "!=") return boolean(!is_equal);
    }
    return unknown_value(binary.span, "this expression");
}

}  // namespace cm::engine::config_script
