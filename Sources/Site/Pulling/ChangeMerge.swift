import Bytes
import JSON
import Problems

/// Brings a kept answer up to date by answers that hold only what has changed since: objects are told apart by a key, and those that say that
/// they are no more are taken out.
struct ChangeMerge {
  /// Where what stands in an answer.
  let changes: PullRules.Changes
  /// What people may see of the source, for messages.
  let name: String

  /// What came of a merger.
  struct Result {
    /// The whole, in the form of an answer.
    let text: [UInt8]
    /// The number of the last change.
    let last: String
    /// How many objects came.
    let count: Int
  }

  /// A page without the objects that say that they are no more.
  struct Living {
    /// The page; nil where it has no such objects and is as it came.
    let text: [UInt8]?
    /// How many objects are left.
    let count: Int
  }

  /// The number of the last change in some answers, and each of them without what is no more.
  /// - Throws: ``ProblemCode/sourceChanges`` where there is no number, and what reading JSON throws.
  func living(_ pages: [[UInt8]]) throws(Failure) -> (last: String, pages: [Living]) {
    let answers = try pages.map { page throws(Failure) in try JSONParser.parse(page, file: name) }
    let last = try last(of: answers)
    return (last, try answers.map { answer throws(Failure) in try living(answer) })
  }

  private func living(_ answer: JSONNode) throws(Failure) -> Living {
    let all = objects(in: answer)
    let left = all.filter { !isDeleted($0) }
    // An answer of no changes may be without their list, and is one all the same.
    let hasList = answer.found(changes.objects).map { !$0.isNull } ?? false
    if hasList, left.count == all.count { return Living(text: nil, count: all.count) }
    return Living(text: try text(of: answer, with: left), count: left.count)
  }

  /// An answer with other objects in the place of its own.
  private func text(of answer: JSONNode?, with objects: [JSONNode]) throws(Failure) -> [UInt8] {
    guard let whole = answer?.replacing(changes.objects.segments[...], by: .array(objects)) else {
      throw fault(.phrase("changes-list", ["objects": changes.objects.source]))
    }
    var text = ByteBuffer()
    JSONWriter.write(whole.value, to: &text)
    return Array(text.view.buffer)
  }

  /// Merges the pages of an answer into what is kept.
  /// - Parameter kept: the result of an earlier merger; nil where there is none.
  /// - Throws: ``ProblemCode/sourceChanges`` for an object without key or an answer without the number of its last change, and what reading
  ///   JSON throws.
  func merge(_ pages: [[UInt8]], into kept: [UInt8]?) throws(Failure) -> Result {
    let answers = try pages.map { page throws(Failure) in try JSONParser.parse(page, file: name) }
    let last = try last(of: answers)
    let before: JSONNode? = if let kept { try JSONParser.parse(kept, file: name) } else { nil }
    var order: [ByteString] = []
    var known: [ByteString: JSONNode] = [:]
    func take(_ object: JSONNode) throws(Failure) {
      let key = try key(of: object)
      if isDeleted(object) {
        known[key] = nil
      } else if known.updateValue(object, forKey: key) == nil {
        order.append(key)
      }
    }
    for object in before.map(objects) ?? [] { try take(object) }
    var count = 0
    for object in answers.flatMap(objects) {
      try take(object)
      count += 1
    }
    // What was taken out and came again stands twice in the order.
    var all: [JSONNode] = []
    for key in order { if let object = known.removeValue(forKey: key) { all.append(object) } }
    return Result(text: try text(of: before ?? answers.first, with: all), last: last, count: count)
  }

  private func last(of answers: [JSONNode]) throws(Failure) -> String {
    let found = answers.last?.found(changes.last)
    guard let text = found?.bytes ?? found?.number, !text.isEmpty else {
      throw fault(.phrase("changes-number", ["last": changes.last.source]))
    }
    return text.text
  }

  /// The objects of an answer; one that stands alone is a list of one.
  private func objects(in answer: JSONNode) -> [JSONNode] {
    guard let found = answer.found(changes.objects), !found.isNull else { return [] }
    return found.array ?? [found]
  }

  private func key(of object: JSONNode) throws(Failure) -> ByteString {
    let found = object.found(changes.key)
    guard let key = found?.bytes ?? found?.number, !key.isEmpty else { throw fault(.phrase("changes-key", ["key": changes.key.source])) }
    return key
  }

  /// Whether an object says that it is no more: by a truth value, its text, a number other than 0, or a time.
  private func isDeleted(_ object: JSONNode) -> Bool {
    guard let found = changes.deleted.flatMap(object.found) else { return false }
    return found.bool ?? found.number.map { Double($0.text) != 0 } ?? found.string.map { !["", "false", "0"].contains($0.lowercased()) }
      ?? false
  }

  private func fault(_ reason: Words) -> Failure {
    Failure(.sourceChanges, at: Place(file: name), ["name": .text(name), "reason": reason])
  }
}

extension JSONNode {
  /// What stands where a path leads whose steps are names and places.
  fileprivate func found(_ path: JSONPath) -> JSONNode? {
    var node: JSONNode? = self
    for segment in path.segments {
      switch segment.selectors.first {
      case .name(let name): node = node?.object?[name]
      case .index(let index): node = node?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      default: return nil
      }
    }
    return node
  }

  /// The value with another one where such a path leads; nil where there is no such place. A name that an object lacks is added to it.
  fileprivate func replacing(_ steps: ArraySlice<JSONPath.Segment>, by value: JSONValue) -> JSONNode? {
    guard let step = steps.first?.selectors.first else { return JSONNode(value) }
    switch step {
    case .name(let name):
      guard let object else { return nil }
      let inner = object[name] ?? JSONNode(.object(JSONObject()))
      guard let changed = inner.replacing(steps.dropFirst(), by: value) else { return nil }
      var members = object.members
      let member = JSONObject.Member(name, changed)
      if let index = members.firstIndex(where: { $0.key == name }) { members[index] = member } else { members.append(member) }
      return JSONNode(.object(JSONObject(members)))
    case .index(let index):
      guard var elements = array, elements.indices.contains(index), let changed = elements[index].replacing(steps.dropFirst(), by: value)
      else { return nil }
      elements[index] = changed
      return JSONNode(.array(elements))
    default: return nil
    }
  }
}
