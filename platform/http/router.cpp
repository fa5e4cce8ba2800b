#include "platform/http/router.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <stdexcept>

#include "platform/http/message.hpp"

namespace daybook::http {
namespace {

/// Far above the deepest route; a longer path is answered as not found without being walked.
constexpr std::size_t path_segments_max = 32;

struct Segments {
  std::array<std::string_view, path_segments_max> items;
  std::size_t count = 0;
};

/// nullopt when the path is not one of non-empty segments. "/" has no segment at all.
std::optional<Segments> split(std::string_view path) {
  if (path.empty() || path.front() != '/') return std::nullopt;
  if (path.size() > 1 && path.back() == '/') {
    path.remove_suffix(1);
    if (path.back() == '/') return std::nullopt;
  }
  path.remove_prefix(1);
  Segments segments;
  while (!path.empty()) {
    const auto end = path.find('/');
    const auto segment = path.substr(0, end);
    const bool is_last = end == std::string_view::npos;
    if (segment.empty() || segments.count == path_segments_max) return std::nullopt;
    segments.items[segments.count++] = segment;
    path.remove_prefix(is_last ? path.size() : end + 1);
  }
  return segments;
}

bool is_parameter(std::string_view segment) { return segment.front() == '{'; }

/// Whether the pattern's segment is a literal without braces or exactly "{name}".
bool is_well_formed(std::string_view segment) {
  if (!is_parameter(segment)) return segment.find_first_of("{}%") == std::string_view::npos;
  return segment.size() > 2 && segment.find_first_of("{}", 1) == segment.size() - 1 && segment.back() == '}';
}

}  // namespace

/// One place in the tree of segments: what a prefix of paths leads to.
struct Router::Node {
  struct Route {
    std::string method;
    int id = 0;
    std::vector<std::string> names;
  };
  struct Branch {
    std::string segment;
    std::unique_ptr<Node> node;
  };

  std::vector<Branch> literals;  // Sorted by segment.
  std::unique_ptr<Node> parameter;
  std::vector<Route> routes;

  template <typename Branches>
  static auto lower_bound(Branches& branches, std::string_view segment) {
    return std::lower_bound(
        branches.begin(), branches.end(), segment,
        [](const Branch& branch, std::string_view wanted) { return branch.segment < wanted; });
  }

  const Node* literal(std::string_view segment) const {
    const auto at = lower_bound(literals, segment);
    return at != literals.end() && at->segment == segment ? at->node.get() : nullptr;
  }

  Node& literal_or_new(std::string_view segment) {
    auto at = lower_bound(literals, segment);
    if (at == literals.end() || at->segment != segment) {
      at = literals.insert(at, Branch{std::string(segment), std::make_unique<Node>()});
    }
    return *at->node;
  }

  Node& parameter_or_new() {
    if (!parameter) parameter = std::make_unique<Node>();
    return *parameter;
  }

  const Route* route(std::string_view method) const {
    const auto at = std::find_if(routes.begin(), routes.end(),
                                 [&](const Route& route) { return route.method == method; });
    return at == routes.end() ? nullptr : &*at;
  }

  /// The node the path ends at, literals first. `bound` collects the segments parameters took.
  const Node* find(std::span<const std::string_view> path, Segments& bound) const {
    if (path.empty()) return routes.empty() ? nullptr : this;
    if (const auto* next = literal(path.front())) {
      if (const auto* found = next->find(path.subspan(1), bound)) return found;
    }
    if (!parameter) return nullptr;
    bound.items[bound.count++] = path.front();
    if (const auto* found = parameter->find(path.subspan(1), bound)) return found;
    --bound.count;
    return nullptr;
  }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

std::string_view Router::Found::param(std::string_view name) const noexcept {
  for (const auto& [key, value] : params) {
    if (key == name) return value;
  }
  return {};
}

void Router::add(std::string_view method, std::string_view pattern, int id) {
  const auto segments = split(pattern);
  if (!segments || method.empty()) throw std::invalid_argument("malformed route: " + std::string(pattern));
  Node* node = root_.get();
  std::vector<std::string> names;
  for (const auto segment : std::span(segments->items).first(segments->count)) {
    if (!is_well_formed(segment)) throw std::invalid_argument("malformed route: " + std::string(pattern));
    if (!is_parameter(segment)) {
      node = &node->literal_or_new(segment);
      continue;
    }
    names.emplace_back(segment.substr(1, segment.size() - 2));
    node = &node->parameter_or_new();
  }
  if (node->route(method) != nullptr) {
    throw std::invalid_argument("route is there twice: " + std::string(method) + " " + std::string(pattern));
  }
  node->routes.push_back({std::string(method), id, std::move(names)});
}

Router::Match Router::match(std::string_view method, std::string_view raw_path) const {
  const auto segments = split(raw_path);
  if (!segments) return NotFound{};
  Segments bound;
  const auto* node = root_->find(std::span(segments->items).first(segments->count), bound);
  if (node == nullptr) return NotFound{};

  const auto* route = node->route(method);
  if (route == nullptr && method == "HEAD") route = node->route("GET");
  if (route == nullptr) {
    MethodNotAllowed refused;
    for (const auto& known : node->routes) refused.allow.push_back(known.method);
    if (node->route("GET") != nullptr && node->route("HEAD") == nullptr) refused.allow.emplace_back("HEAD");
    std::sort(refused.allow.begin(), refused.allow.end());
    return refused;
  }

  Found found{route->id, {}};
  found.params.reserve(bound.count);
  for (std::size_t i = 0; i < bound.count; ++i) {
    auto value = percent_decode(bound.items[i]);
    if (!value) return NotFound{};
    found.params.emplace_back(route->names[i], std::move(*value));
  }
  return found;
}

}  // namespace daybook::http
