import Bytes
import Problems

/// Old and new terms merged into one dictionary, and where each has gone.
struct TermMerge: Sendable {
  let dictionary: TermDictionary
  /// For each old id the new one, in the same order; of terms that are gone, any.
  let oldIDs: Column<StoreID>
  /// For each number of the builder's the id.
  let addedIDs: Column<StoreID>

  /// Merges the old terms that are used and all of a builder's.
  init(_ old: TermDictionary, isUsed: Column<Bool>, _ added: GatheredBox, _ sorted: SortedTerms) throws(Failure) {
    let oldIDs = Column<StoreID>(count: old.count)
    let addedIDs = Column<StoreID>(count: sorted.count)
    var writer = TermDictionaryWriter()
    var scratch = ByteBuffer()
    var at = 0
    _ = added.forEach(sorted) { place, new in
      var isSame = false
      while at < old.count {
        if isUsed.start[at] {
          scratch.truncate()
          old.strings.append(at, to: &scratch)
          let id = StoreID(truncatingIfNeeded: writer.count)
          let order = old.ordered(StoreID(at), scratch.view) { term in
            let order = OrderedTerm.compare(term, new)
            if order <= 0 { writer.add(term) }
            return order
          }
          if order > 0 { break }
          oldIDs.start[at] = id
          isSame = order == 0
        }
        at += 1
        if isSame { break }
      }
      let id = isSame ? writer.count - 1 : writer.count
      addedIDs.start[Int(sorted.order.start[place])] = StoreID(truncatingIfNeeded: id)
      if !isSame { writer.add(new) }
      return true
    }
    while at < old.count {
      if isUsed.start[at] {
        scratch.truncate()
        old.strings.append(at, to: &scratch)
        oldIDs.start[at] = StoreID(truncatingIfNeeded: writer.count)
        old.ordered(StoreID(at), scratch.view) { writer.add($0) }
      }
      at += 1
    }
    dictionary = try writer.finish()
    self.oldIDs = oldIDs
    self.addedIDs = addedIDs
  }
}
