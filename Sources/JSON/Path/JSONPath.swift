package import Bytes

/// A query of JSONPath (RFC 9535), and three things beside it that mappings of real data need.
///
/// Behind `$` as many `^` may stand as levels are to be gone up first, from an item to what holds it. At the end a `~` may stand, which gives
/// the keys of the found members, or the places of the found elements, instead of their values. And `[+]` chooses the elements of an array, or
/// the value itself where it is no array: one object where other files have a list. None can be mistaken for anything that the RFC allows.
package struct JSONPath: Sendable {
  /// What is chosen among the children of a node (RFC 9535 §2.3).
  package enum Selector: Sendable, Equatable {
    case name(ByteString)
    case wildcard
    case index(Int)
    case slice(start: Int?, end: Int?, step: Int)
    /// The elements of an array; what is no array itself.
    case each
    case filter(JSONPathFilter)
  }

  /// One step of a query (§2.5).
  package struct Segment: Sendable, Equatable {
    /// Whether it looks at all that is within a node, not only at its children.
    package var isDescendant: Bool
    /// What it chooses, in order.
    package var selectors: [Selector]

    /// Whether a filter in it asks something of the root.
    package var asksRoot: Bool {
      selectors.contains { if case .filter(let filter) = $0 { filter.asksRoot } else { false } }
    }

    /// A step.
    package init(isDescendant: Bool = false, selectors: [Selector]) {
      self.isDescendant = isDescendant
      self.selectors = selectors
    }
  }

  /// The query as it was written.
  package let source: String
  /// How many levels are gone up first.
  package let levelsUp: Int
  /// The steps.
  package let segments: [Segment]
  /// Whether the keys of what is found are meant.
  package let givesKeys: Bool

  /// Whether it finds one node at most (RFC 9535 §2.3.5.1, singular query).
  package var isSingular: Bool { segments.isSingular }

  /// The query with everything in the place of what its filters choose.
  package var unfiltered: JSONPath {
    let segments = segments.map { segment in
      let selectors = segment.selectors.map { if case .filter = $0 { Selector.wildcard } else { $0 } }
      return Segment(isDescendant: segment.isDescendant, selectors: selectors)
    }
    return JSONPath(source: source, levelsUp: levelsUp, segments: segments, givesKeys: givesKeys)
  }

  init(source: String, levelsUp: Int, segments: [Segment], givesKeys: Bool) {
    self.source = source
    self.levelsUp = levelsUp
    self.segments = segments
    self.givesKeys = givesKeys
  }
}

extension [JSONPath.Segment] {
  /// Whether each step goes to one node at most.
  var isSingular: Bool {
    allSatisfy { segment in
      guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
      switch segment.selectors[0] {
      case .name, .index: return true
      default: return false
      }
    }
  }
}

/// A condition on a node (RFC 9535 §2.3.5).
package indirect enum JSONPathFilter: Sendable, Equatable {
  case any([JSONPathFilter])
  case all([JSONPathFilter])
  case not(JSONPathFilter)
  /// A query finds something.
  case exists(JSONPathQuery)
  /// A function with a logical result says so.
  case holds(JSONPathCall)
  case compares(JSONPathOperand, JSONPathComparison, JSONPathOperand)

  /// Whether it asks something of the root, so that it can't be judged by a node alone.
  package var asksRoot: Bool {
    switch self {
    case .any(let parts), .all(let parts): parts.contains(where: \.asksRoot)
    case .not(let part): part.asksRoot
    case .exists(let query): query.asksRoot
    case .holds(let call): call.asksRoot
    case .compares(let left, _, let right): left.asksRoot || right.asksRoot
    }
  }
}

/// A query within a filter.
package struct JSONPathQuery: Sendable, Equatable {
  /// Whether it starts from the root (`$`) and not from the node at hand (`@`).
  package var isAbsolute: Bool
  /// Its steps.
  package var segments: [JSONPath.Segment]

  var asksRoot: Bool {
    isAbsolute || segments.contains(where: \.asksRoot)
  }
}

/// How two values are compared.
package enum JSONPathComparison: String, Sendable {
  case equal = "=="
  case unequal = "!="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case less = "<"
  case greater = ">"
}

/// What is compared: a value, or nothing.
package indirect enum JSONPathOperand: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(ByteString)
  /// The value of a query that finds one node at most.
  case query(JSONPathQuery)
  /// The result of a function that gives a value.
  case call(JSONPathCall)

  var asksRoot: Bool {
    switch self {
    case .query(let query): query.asksRoot
    case .call(let call): call.asksRoot
    default: false
    }
  }
}

/// A function and what it is given (RFC 9535 §2.4).
package indirect enum JSONPathCall: Sendable, Equatable {
  case length(JSONPathOperand)
  case count(JSONPathQuery)
  /// `isWhole` tells `match` from `search`; the expression is compiled beforehand where it is a literal.
  case match(JSONPathOperand, JSONPathOperand, isWhole: Bool, compiled: CompiledExpression?)
  case value(JSONPathQuery)

  var asksRoot: Bool {
    switch self {
    case .length(let operand): operand.asksRoot
    case .count(let query), .value(let query): query.asksRoot
    case .match(let text, let expression, _, _): text.asksRoot || expression.asksRoot
    }
  }

  /// Whether it gives a truth value, not a value.
  var isLogical: Bool { if case .match = self { true } else { false } }
}

/// What tells whether texts match a regular expression (I-Regexp, RFC 9485).
package protocol TextMatcher: Sendable {
  /// Whether a text matches.
  func matches(_ text: ByteView) -> Bool
}

/// A regular expression that was compiled when its query was read, or that is none.
package struct CompiledExpression: Sendable, Equatable {
  /// What matches; nil where the text is no expression, so that nothing matches.
  package let matcher: (any TextMatcher)?

  /// Always: the text that it was compiled from stands beside it and is compared. That a query is the same as itself decides what is withheld.
  package static func == (left: CompiledExpression, right: CompiledExpression) -> Bool { true }
}

/// What makes a ``TextMatcher`` of a regular expression that must match the whole text or some part of it; nil for what is none.
package typealias ExpressionCompiler = @Sendable (_ expression: ByteString, _ isWhole: Bool) -> (any TextMatcher)?
