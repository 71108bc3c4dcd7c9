import Problems
import Store

/// Joins triple patterns that close circles, one variable after the other instead of one pattern after the other.
///
/// For each variable, the sorted columns of all patterns that use it are gone through side by side, and only values that are in all of them
/// are followed. So no more is looked at than the patterns could give together at the most, where joins of two patterns at a time make
/// solutions that the last one throws away (a worst-case optimal join: leapfrog triejoin).
final class LeapfrogJoin: Operator {
  /// One pattern's column of values for one variable, once the variables before it have values.
  private struct Member {
    let permutation: Permutation
    let predicate: StoreID
    /// What stands at the pattern's other end: a term, or the place of the variable that comes earlier; nil where it comes later.
    let other: Other?
    /// The values: with the other end known they stand last in the order.
    let column: UnsafePointer<StoreID>
    var low = 0
    var high = 0

    enum Other { case id(StoreID), place(Int) }

    init(_ permutation: Permutation, _ predicate: StoreID, _ other: Other?) {
      self.permutation = permutation
      self.predicate = predicate
      self.other = other
      column = other == nil ? permutation.second : permutation.third
    }

  }

  private let context: QueryContext
  private let variables: [Int]
  private let needed: Set<Int>?
  /// The columns of all variables, one variable after the other, and where each one's begin. Behind addresses, as they are at every step.
  private let members: UnsafeMutablePointer<Member>
  private let starts: [Int]
  private let values: UnsafeMutablePointer<StoreID>
  private var hasBegun = false
  private var isDone = false

  /// A join of patterns whose predicates are known and that have one variable or two different ones each; nil for others.
  /// - Parameter needed: the variables that somebody asks for; nil for all.
  init?(_ patterns: [ResolvedPattern], context: QueryContext, needed: Set<Int>?) {
    let ends = patterns.compactMap(LeapfrogEnds.init)
    guard ends.count == patterns.count else { return nil }
    self.context = context
    self.needed = needed
    variables = LeapfrogEnds.order(ends)
    values = .allocate(capacity: variables.count)
    values.initialize(repeating: 0, count: variables.count)
    let snapshot = context.terms.snapshot
    let places = Dictionary(uniqueKeysWithValues: zip(variables, 0...))
    let columns = variables.enumerated().map { place, variable in
      ends.compactMap { (ends: LeapfrogEnds) -> Member? in
        guard ends.subject == .slot(variable) || ends.object == .slot(variable) else { return nil }
        let isSubject = ends.subject == .slot(variable)
        let other: Member.Other?
        switch isSubject ? ends.object : ends.subject {
        case .id(let id): other = .id(id)
        case .slot(let slot): other = places[slot].flatMap { $0 < place ? .place($0) : nil }
        }
        // The column of values is the last where the other end comes before it, and the one before that where it comes after.
        let order: RowOrder = isSubject == (other == nil) ? .psog : .posg
        return Member(snapshot.permutation(order), ends.predicate, other)
      }
    }
    starts = columns.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    members = .allocate(capacity: starts[columns.count])
    members.initialize(from: columns.flatMap { $0 }, count: starts[columns.count])
  }

  deinit {
    members.deinitialize(count: starts[variables.count])
    members.deallocate()
    values.deallocate()
  }

  func next() throws(Failure) -> Solutions? {
    if isDone { return nil }
    let last = variables.count - 1
    var columns = variables.map { _ in ContiguousArray<StoreID>() }
    for index in columns.indices { columns[index].reserveCapacity(Solutions.target) }
    var count = 0
    var at = hasBegun ? last : 0
    var found = hasBegun ? advance(last) : open(0)
    hasBegun = true
    var steps = 0
    while count < Solutions.target {
      steps &+= 1
      if steps & 0xFFF == 0 { try context.check() }
      if found, at < last {
        at += 1
        found = open(at)
      } else if found {
        // The variables before the last keep their values from one solution to the next.
        let before = count
        repeat {
          columns[last].append(values[last])
          count += 1
        } while count < Solutions.target && advance(last)
        for place in 0..<last { columns[place].append(contentsOf: repeatElement(values[place], count: count - before)) }
        if count == Solutions.target { break }
        found = false
      } else if at == 0 {
        isDone = true
        break
      } else {
        at -= 1
        found = advance(at)
      }
    }
    if count == 0 { return nil }
    var out = Solutions(slots: context.slots)
    out.count = count
    for (variable, column) in zip(variables, columns) where needed?.contains(variable) ?? true { out.columns[variable] = column }
    return out
  }

  /// The columns of a variable.
  private func columns(of place: Int) -> UnsafeMutableBufferPointer<Member> {
    UnsafeMutableBufferPointer(start: members + starts[place], count: starts[place + 1] - starts[place])
  }

  /// Begins with the values of a variable; whether there is one.
  private func open(_ place: Int) -> Bool {
    let members = columns(of: place)
    for index in members.indices {
      let rows =
        switch members[index].other {
        case nil: members[index].permutation.rows(members[index].predicate)
        case .id(let id): members[index].permutation.rows(members[index].predicate, id)
        case .place(let other): members[index].permutation.rows(members[index].predicate, values[other])
        }
      if rows.isEmpty { return false }
      members[index].low = rows.lowerBound
      members[index].high = rows.upperBound
    }
    return meet(place)
  }

  /// Goes on from the value of a variable; whether there is another.
  private func advance(_ place: Int) -> Bool {
    let first = members + starts[place]
    first.pointee.low = Permutation.upperBound(first.pointee.column, first.pointee.low..<first.pointee.high, values[place])
    return meet(place)
  }

  /// Finds the next value that all columns of a variable have.
  private func meet(_ place: Int) -> Bool {
    let members = columns(of: place)
    guard members[0].low < members[0].high else { return false }
    var value = members[0].column[members[0].low]
    var agreeing = 1
    var index = 0
    while agreeing < members.count {
      index = index + 1 == members.count ? 0 : index + 1
      let column = members[index].column
      let low = Permutation.lowerBound(column, members[index].low..<members[index].high, value)
      members[index].low = low
      if low == members[index].high { return false }
      if column[low] == value {
        agreeing += 1
      } else {
        value = column[low]
        agreeing = 1
      }
    }
    values[place] = value
    return true
  }
}
