// An optional value for which no place is kept where there is none: for members of values that come
// by the hundred thousand, of which few have it.
#pragma once
#include <memory>
#include <utility>

namespace cm {

/// Like std::optional, but the value lies elsewhere.
template <class T>
class Boxed {
  public:
    Boxed() = default;

    Boxed(T value) : value_(std::make_unique<T>(std::move(value))) {}

    Boxed(Boxed const& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}

    Boxed(Boxed&&) noexcept = default;

    Boxed& operator=(Boxed other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }

    ~Boxed() = default;

    explicit operator bool() const { return value_ != nullptr; }

    T const& operator*() const { return *value_; }

    T const* operator->() const { return value_.get(); }

    T& operator*() { return *value_; }

    T* operator->() { return value_.get(); }

    bool has_value() const { return value_ != nullptr; }

    T value_or(T fallback) const { return value_ ? *value_ : std::move(fallback); }

    void reset() { value_.reset(); }

    /// The value, made if there is none.
    T& get() {
        if (!value_) value_ = std::make_unique<T>();
        return *value_;
    }

    bool operator==(Boxed const& other) const {
        return value_ && other.value_ ? *value_ == *other.value_ : value_ == other.value_;
    }

  private:
    std::unique_ptr<T> value_{};
};

}  // namespace cm
