import Bytes
import JSON

extension JSONTree {
  /// Whether there is the place to which steps lead from a value: what the last one names, or a list in which they choose, even where they choose
  /// nothing in it. What is `null` is no place. An object is a list only as far as something in it is on the way, since an object that tells of an
  /// error is one too.
  func hasPlace(_ steps: ArraySlice<JSONPath.Segment>, from number: Int) -> Bool {
    if parts[number].kind == .null { return false }
    guard let step = steps.first else { return true }
    let rest = steps.dropFirst()
    guard step.isDescendant else { return hasPlace(step, rest, in: number) }
    // Places within places would be looked at again and again.
    if rest.contains(where: \.isDescendant) { return false }
    var part = number
    while part < Int(parts[number].end) {
      if parts[part].count > 0 || parts[part].kind == .array, hasPlace(step, rest, in: part) { return true }
      part += 1
    }
    return false
  }

  private func hasPlace(_ step: JSONPath.Segment, _ rest: ArraySlice<JSONPath.Segment>, in number: Int) -> Bool {
    let part = parts[number]
    for selector in step.selectors {
      switch selector {
      case .name(let name):
        if let member = name.withView({ member($0, of: number) }), hasPlace(rest, from: member) { return true }
      case .index(let index):
        if part.kind == .array, part.count == 0 { return true }
        if let element = element(index, of: number), hasPlace(rest, from: element) { return true }
      case .each where part.kind != .array:
        if hasPlace(rest, from: number) { return true }
      case .filter, .slice:
        if part.kind == .array || part.kind == .object && part.count == 0 { return true }
      case .wildcard, .each:
        if part.count == 0, part.kind == .array || part.kind == .object { return true }
        var child = number + 1
        while child < Int(part.end) {
          if hasPlace(rest, from: child) { return true }
          child = Int(parts[child].end)
        }
      }
    }
    return false
  }
}
