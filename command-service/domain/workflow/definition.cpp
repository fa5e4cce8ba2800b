#include "command-service/domain/workflow/definition.hpp"

#include <map>

#include "command-service/domain/automation/shapes.hpp"

namespace daybook::domain::workflow {
namespace {

using events::Json;

struct Condition {
  std::string expression;
};
BOOST_DESCRIBE_STRUCT(Condition, (), (expression))

struct Node {
  std::string id;
  std::optional<std::string> type;
  std::optional<bool> loop;
  std::optional<events::AgentId> agent_id;
  std::optional<Json> input_mapping;
  std::optional<Json> output_mapping;
  std::optional<Condition> condition;
  std::optional<std::int64_t> timeout;          // seconds
  std::optional<std::int64_t> retry_attempts;
};
BOOST_DESCRIBE_STRUCT(Node, (), (id, type, loop, agent_id, input_mapping, output_mapping, condition, timeout, retry_attempts))

struct Edge {
  std::optional<std::string> id;
  std::optional<std::string> source;
  std::optional<std::string> target;
  std::optional<std::string> from;
  std::optional<std::string> to;
  std::optional<Condition> condition;
};
BOOST_DESCRIBE_STRUCT(Edge, (), (id, source, target, from, to, condition))

struct Trigger {
  TriggerType type{};
};
BOOST_DESCRIBE_STRUCT(Trigger, (), (type))

struct Shape {
  std::optional<std::vector<Node>> nodes;
  std::optional<std::vector<Edge>> edges;
  std::optional<std::vector<Node>> steps;
  std::optional<Trigger> trigger;
};
BOOST_DESCRIBE_STRUCT(Shape, (), (nodes, edges, steps, trigger))

bool is_loop(const Node& node) { return node.loop.value_or(false) || node.type == "loop"; }

// From one node to another, by their numbers; which edge says so.
struct Arrow {
  std::size_t from = 0, to = 0, edge = 0;
};

// An edge that closes a circle, if there is one. Walks as deep as there are nodes, so it does not call itself.
std::optional<std::size_t> closing_edge(std::size_t nodes, const std::vector<Arrow>& arrows) {
  enum class Mark : std::uint8_t { unseen, open, done };
  struct Place {
    std::size_t node = 0, next = 0;
  };
  std::vector<std::vector<Arrow>> leaving(nodes);
  for (const auto& arrow : arrows) leaving[arrow.from].push_back(arrow);
  std::vector<Mark> marks(nodes, Mark::unseen);
  for (std::size_t start = 0; start < nodes; ++start) {
    if (marks[start] != Mark::unseen) continue;
    marks[start] = Mark::open;
    std::vector<Place> way{{start, 0}};
    while (!way.empty()) {
      auto& here = way.back();
      if (here.next == leaving[here.node].size()) {
        marks[here.node] = Mark::done;
        way.pop_back();
        continue;
      }
      const auto arrow = leaving[here.node][here.next++];
      if (marks[arrow.to] == Mark::open) return arrow.edge;
      if (marks[arrow.to] == Mark::done) continue;
      marks[arrow.to] = Mark::open;
      way.push_back({arrow.to, 0});
    }
  }
  return std::nullopt;
}

class Check {
 public:
  Check(const std::string& at, FieldRefusals& refusals) : at_(at), refusals_(refusals) {}

  std::vector<NamedAgent> run(const Shape& shape) {
    if (!shape.nodes && !shape.steps) {
      refusals_.add(at_ + "/nodes", "required", "This field is required.");
      return {};
    }
    static const std::vector<Node> none;
    const auto &nodes = shape.nodes ? *shape.nodes : none, &steps = shape.steps ? *shape.steps : none;
    if (nodes.size() + steps.size() > nodes_max) {
      refusals_.add(at_ + "/nodes", "too-many", "At most 2,000 nodes and steps.");
      return {};
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) add(nodes[i], at_ + "/nodes/" + std::to_string(i));
    for (std::size_t i = 0; i < steps.size(); ++i) add(steps[i], at_ + "/steps/" + std::to_string(i));
    if (shape.edges) check(*shape.edges);
    return std::move(agents_);
  }

 private:
  void add(const Node& node, const std::string& place) {
    check_id(node.id, place + "/id");
    if (!numbers_.emplace(node.id, loops_.size()).second) refusals_.add(place + "/id", "already-exists", "Another node has this id.");
    loops_.push_back(is_loop(node));
    check_object(node.input_mapping, place + "/input_mapping", refusals_);
    check_object(node.output_mapping, place + "/output_mapping", refusals_);
    check_range(node.timeout, 1, step_timeout_s_max, place + "/timeout", refusals_);
    check_range(node.retry_attempts, 0, retry_attempts_max, place + "/retry_attempts", refusals_);
    if (node.agent_id) agents_.push_back({*node.agent_id, place + "/agent_id"});
  }

  void check_id(const std::string& id, const std::string& place) {
    if (id.empty()) refusals_.add(place, "blank", "This must not be blank.");
    if (id.size() > node_id_bytes_max) refusals_.add(place, "too-long", "At most 255 bytes.");
  }

  void check(const std::vector<Edge>& edges) {
    const auto list = at_ + "/edges";
    if (edges.size() > edges_max) return refusals_.add(list, "too-many", "At most 10,000 edges.");
    std::vector<Arrow> arrows;
    std::map<std::string, std::size_t> ids;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const auto place = list + "/" + std::to_string(i);
      const auto& edge = edges[i];
      if (edge.id && !ids.emplace(*edge.id, i).second) refusals_.add(place + "/id", "already-exists", "Another edge has this id.");
      const auto from = end_of(edge.source, edge.from, place, "/source", "/from");
      const auto to = end_of(edge.target, edge.to, place, "/target", "/to");
      if (from && to && !loops_[*from]) arrows.push_back({*from, *to, i});
    }
    if (const auto closing = closing_edge(loops_.size(), arrows))
      refusals_.add(list + "/" + std::to_string(*closing), "cycle", "The edges lead in a circle without a node that is a loop.");
  }

  std::optional<std::size_t> end_of(const std::optional<std::string>& word, const std::optional<std::string>& other_word, const std::string& place,
                                    const char* field, const char* other_field) {
    const auto& id = word ? word : other_word;
    if (!id) {
      refusals_.add(place + field, "required", "This field is required.");
      return std::nullopt;
    }
    const auto found = numbers_.find(*id);
    if (found != numbers_.end()) return found->second;
    refusals_.add(place + (word ? field : other_field), "unknown-reference", "No node has this id.");
    return std::nullopt;
  }

  const std::string& at_;
  FieldRefusals& refusals_;
  std::map<std::string, std::size_t> numbers_;  // of nodes, by id
  std::vector<bool> loops_;                     // by number
  std::vector<NamedAgent> agents_;
};

}  // namespace

std::vector<NamedAgent> check_definition(const events::workflow::Definition& definition, const std::string& at, FieldRefusals& refusals) {
  Shape shape{};
  const auto read = events::from_json(definition.text, shape, events::Reading::lenient);
  automation::add_errors(read, at, refusals);
  if (!read) return {};
  return Check(at, refusals).run(shape);
}

}  // namespace daybook::domain::workflow
