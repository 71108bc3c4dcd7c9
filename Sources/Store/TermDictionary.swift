import Bytes
import Problems
import RDF

/// The terms of a snapshot in the order of their ids: front-coded bytes, bounds of the classes, and the values of numbers and dates.
struct TermDictionary: Sendable {
  /// Literals with one language tag or one datatype, which stand side by side.
  struct Group: Sendable {
    let qualifier: ByteString
    let start: StoreID
  }

  let strings: FrontCoded
  /// The first id of each class, and the count of all terms at the end.
  let bounds: [StoreID]
  /// The groups of ``TermClass/tagged`` and ``TermClass/other`` literals, in order.
  let groups: [Group]
  let payloads: Column<Int64>
  let forms: Column<UInt8>
  let seconds: Column<Int64>
  let flags: Column<UInt16>

  var count: Int { strings.count }

  var byteCount: Int { strings.byteCount + payloads.byteCount + forms.byteCount + seconds.byteCount + flags.byteCount }

  /// The ids of a class.
  func range(_ termClass: TermClass) -> Range<StoreID> { bounds[Int(termClass.rawValue)]..<bounds[Int(termClass.rawValue) + 1] }

  func termClass(_ id: StoreID) -> TermClass {
    var place = 0
    while place < 8, id >= bounds[place + 1] { place += 1 }
    return TermClass(rawValue: UInt8(place)) ?? .other
  }

  /// The number of the last group that begins at or before `id`.
  func group(_ id: StoreID) -> Int { Search.firstIndex(in: 0..<groups.count) { groups[$0].start > id } - 1 }

  func number(_ id: StoreID) -> PackedNumber {
    let at = Int(id - range(.number).lowerBound)
    touch(payloads, forms, at)
    return PackedNumber(payload: payloads.start[at], form: forms.start[at])
  }

  func moment(_ id: StoreID) -> PackedMoment {
    let at = Int(id - range(.dateTime).lowerBound)
    touch(seconds, flags, at)
    return PackedMoment(seconds: seconds.start[at], flags: flags.start[at])
  }

  /// Lends a term whose bytes are known.
  func ordered<Result>(_ id: StoreID, _ view: ByteView, _ body: (OrderedTerm) -> Result) -> Result {
    var term = OrderedTerm(termClass: termClass(id), view: view)
    switch term.termClass {
    case .blankNode, .iri, .boolean, .string: break
    case .number: term.number = number(id)
    case .dateTime, .date: term.moment = moment(id)
    case .tagged, .other:
      return groups[group(id)].qualifier.withView { tag in
        term.qualifier = tag
        return body(term)
      }
    }
    return body(term)
  }

  /// The first id of a term that is not before `probe`, within its class.
  func lowerBound(_ probe: OrderedTerm, _ scratch: inout ByteBuffer) -> StoreID {
    let ids = range(probe.termClass)
    if ids.isEmpty { return ids.lowerBound }
    // The blocks whose heads are of the class; the one before the first of them may end in it.
    let firstBlock = (Int(ids.lowerBound) + FrontCoded.blockSize - 1) >> FrontCoded.blockShift
    let endBlock = ((Int(ids.upperBound) - 1) >> FrontCoded.blockShift) + 1
    let block =
      firstBlock < endBlock
      ? Search.firstIndex(in: firstBlock..<endBlock) { block in
        ordered(StoreID(block << FrontCoded.blockShift), strings.head(block)) { OrderedTerm.compare($0, probe) >= 0 }
      } : endBlock
    let low = max(Int(ids.lowerBound), (block - 1) << FrontCoded.blockShift)
    let high = min(Int(ids.upperBound), block << FrontCoded.blockShift)
    let found = Search.firstIndex(in: low..<max(low, high)) { id in
      scratch.truncate()
      strings.append(id, to: &scratch)
      return ordered(StoreID(id), scratch.view) { OrderedTerm.compare($0, probe) >= 0 }
    }
    return StoreID(found)
  }

  /// The id of a term, or nil where it is not held.
  func id(of probe: OrderedTerm) -> StoreID? {
    var scratch = ByteBuffer()
    let id = lowerBound(probe, &scratch)
    guard id < range(probe.termClass).upperBound else { return nil }
    scratch.truncate()
    strings.append(Int(id), to: &scratch)
    return ordered(id, scratch.view) { OrderedTerm.compare($0, probe) == 0 } ? id : nil
  }
}

extension TermDictionary {
  /// Touches one value. A damaged one reads as zero.
  private func touch<First, Second>(_ first: Column<First>, _ second: Column<Second>, _ at: Int) {
    guard let table = strings.blocks?.table else { return }
    _ = table.pointee.touch(first.start, at..<at + 1)
    _ = table.pointee.touch(second.start, at..<at + 1)
  }

  /// Touches all values of numbers, dateTimes and dates. Damaged ones read as zeros.
  func touchValues(_ table: UnsafePointer<BlockTable>) {
    _ = table.pointee.touch(payloads.start, 0..<payloads.count)
    _ = table.pointee.touch(forms.start, 0..<forms.count)
    _ = table.pointee.touch(seconds.start, 0..<seconds.count)
    _ = table.pointee.touch(flags.start, 0..<flags.count)
  }
}
