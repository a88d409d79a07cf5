// An optional value for which no place is kept where there is none: for members of values that come
// by the hundred thousand, of which few have it.
#pragma once
#include <memory>
#include <utility>

namespace cm {

/// Like std::optional, but the value lies elsewhere.
template <class T>
class Rare {
  public:
    Rare() = default;

    Rare(T value) : value_(std::make_unique<T>(std::move(value))) {}

    Rare(Rare const& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}

    Rare(Rare&&) noexcept = default;

    Rare& operator=(Rare other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }

    ~Rare() = default;

    explicit operator bool() const { return value_ != nullptr; }

    T const& operator*() const { return *value_; }

    T const* operator->() const { return value_.get(); }

  private:
    std::unique_ptr<T> value_{};
};

}  // namespace cm
