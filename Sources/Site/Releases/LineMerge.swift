import Bytes

/// Two texts of lines sorted by bytes, walked through together.
struct LineMerge {
  /// Where a line stands.
  enum Side {
    /// In both texts.
    case both
    /// In the old text alone: it was removed.
    case old
    /// In the new text alone: it was added.
    case new
  }

  private var old: LineCursor
  private var new: LineCursor

  /// A walk through two texts, which must be kept as long as it is used.
  init(_ old: ByteView, _ new: ByteView) {
    self.old = LineCursor(old)
    self.new = LineCursor(new)
  }

  /// How many lines of the old text have been walked past.
  var oldLine: Int { old.number }

  /// The next line in the order of bytes, without its line feed; nil at the end of both.
  mutating func next() -> (side: Side, line: ByteView)? {
    switch (old.line, new.line) {
    case (nil, nil): return nil
    case (let line?, nil):
      old.advance()
      return (.old, line)
    case (nil, let line?):
      new.advance()
      return (.new, line)
    case (let one?, let other?):
      if one == other {
        old.advance()
        new.advance()
        return (.both, one)
      }
      if one < other {
        old.advance()
        return (.old, one)
      }
      new.advance()
      return (.new, other)
    }
  }
}

/// The lines of a text, one after the other.
struct LineCursor {
  private let text: ByteView
  private var end: Int
  /// The line at hand, without its line feed; nil after the last one.
  private(set) var line: ByteView?
  /// How many lines have been passed.
  private(set) var number = 0

  init(_ text: ByteView) {
    self.text = text
    end = 0
    line = nil
    take(from: 0)
  }

  /// Goes on to the next line.
  mutating func advance() {
    number &+= 1
    take(from: end &+ 1)
  }

  private mutating func take(from start: Int) {
    guard start < text.count else {
      line = nil
      return
    }
    end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
    line = text[start..<end]
  }
}

extension ByteView {
  /// The subject of a line of N-Quads, as it stands there.
  var subjectOfLine: ByteView { self[0..<(firstIndex(of: UInt8(ascii: " ")) ?? count)] }

  /// Whether it is a line of N-Quads with a subject, as it stands there. A space ends the subject: no other term begins with it.
  func isLine(of subject: ByteView) -> Bool {
    count > subject.count && self[subject.count] == UInt8(ascii: " ") && hasPrefix(subject)
  }

  /// The IRI within the brackets of a term of N-Quads; nil for a blank node.
  var iriOfTerm: ByteView? { count > 2 && self[0] == UInt8(ascii: "<") ? self[1..<(count - 1)] : nil }

  /// The predicate of a line of N-Quads with this subject, as it stands there.
  func predicateOfLine(after subject: ByteView) -> ByteView {
    let start = Swift.min(subject.count + 1, count)
    return self[start..<(firstIndex(of: UInt8(ascii: " "), from: start) ?? count)]
  }
}

/// What became of the subjects of a graph from one state of it to the next: a walk through both, subject by subject.
struct SubjectMerge {
  /// A subject and how many of its lines are where.
  struct Subject {
    /// The subject as it stands in the lines.
    let term: ByteView
    /// The number of its first line in the old text, from 1, where it is there.
    let oldLine: Int
    var kept = 0
    var removed = 0
    var added = 0

    /// Whether the old state speaks of it, and whether the new one does.
    var wasThere: Bool { kept + removed > 0 }
    var isThere: Bool { kept + added > 0 }
    /// Whether both speak of it and not in the same words.
    var isChanged: Bool { wasThere && isThere && removed + added > 0 }
  }

  private var lines: LineMerge
  private var pending: (side: LineMerge.Side, line: ByteView)?
  private var pendingLine: Int

  init(_ old: ByteView, _ new: ByteView) {
    lines = LineMerge(old, new)
    pendingLine = lines.oldLine + 1
    pending = lines.next()
  }

  /// The next subject; nil after the last one. Lines of one subject stand together, because they begin alike.
  mutating func next() -> Subject? {
    guard var (side, line) = pending else { return nil }
    var subject = Subject(term: line.subjectOfLine, oldLine: pendingLine)
    while true {
      switch side {
      case .both: subject.kept &+= 1
      case .old: subject.removed &+= 1
      case .new: subject.added &+= 1
      }
      pendingLine = lines.oldLine + 1
      pending = lines.next()
      guard let next = pending, next.line.isLine(of: subject.term) else { return subject }
      (side, line) = next
    }
  }
}
