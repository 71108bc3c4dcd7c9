package import Problems

// A proposal is tried on the whole file before it is handed out: the sample may not have seen all.
extension MappingProposal {
  /// The most cells of a column that may be wrong, in percent of the rows, for it to keep its datatype or register.
  private static let mostOdd = 1

  /// Changes what does not fit the file.
  /// - Parameters:
  ///   - groups: what a trial of the mapping found.
  ///   - rows: how many rows it read.
  /// - Returns: whether something was changed, so that another trial is worth while.
  package mutating func mend(_ groups: [ProblemGroup], rows: Int) -> Bool {
    var hasChanged = false
    for group in groups where group.severity == .error {
      switch group.code {
      case .keyDuplicate: hasChanged = dropKey() || hasChanged
      case .cellRequired: hasChanged = allowEmpty(group.column) || hasChanged
      case .coordinatesForm, .coordinatesZero, .coordinatesSwapped, .coordinatesOutside:
        hasChanged = dropPlace(group, rows) || hasChanged
      default: hasChanged = loosen(group, rows) || hasChanged
      }
    }
    return hasChanged
  }

  /// What is wrong with the file itself, by what a last trial found: cells that are to be corrected, not declared away.
  package mutating func doubt(_ groups: [ProblemGroup]) {
    let known = groups.filter { $0.severity == .error }
    for group in known {
      if let number = column(group.column) {
        let arguments: [String: Words] = [
          "column": .text(columns[number].title), "form": words(of: columns[number]),
          "cells": group.count == 1 ? .phrase("cells-one") : .phrase("cells-many", ["count": "\(group.count)"]),
        ]
        notes.append(Note(.phrase("found-odd", arguments), isDoubt: true))
      } else {
        notes.append(Note(.phrase("found-errors", ["count": "\(group.count)", "code": group.code.rawValue]), isDoubt: true))
      }
    }
  }

  /// What the cells of a column are.
  func words(of column: ColumnProposal) -> Words {
    if let register = column.register { return .phrase("codes-of", ["register": register]) }
    return column.datatype.formWords
  }

  private func column(_ name: String?) -> Int? { name.flatMap { name in columns.firstIndex { $0.name == name && !$0.isLeftOut } } }

  private mutating func dropKey() -> Bool {
    if keys.isEmpty { return false }
    keys.removeFirst()
    return true
  }

  private mutating func allowEmpty(_ name: String?) -> Bool {
    guard let number = column(name) else { return false }
    let wasRequired = columns[number].isRequired
    columns[number].isRequired = false
    let wasKey = keys.first?.contains(number) ?? false
    keys.removeAll { $0.contains(number) }
    return wasRequired || wasKey
  }

  private mutating func dropPlace(_ group: ProblemGroup, _ rows: Int) -> Bool {
    guard let place, group.count * 100 > rows * Self.mostOdd else { return false }
    self.place = nil
    notes.removeAll { $0.about == .place }
    for number in [place.first, place.second] {
      columns[number].annotations.removeAll { $0.name == .coordinates }
      columns[number].suppressesOutput = false
      if place.form != .wgs84LatLon || place.isOneColumn { columns[number].property = "ns/" + ProposalNames.term(columns[number].title) }
    }
    return true
  }

  /// Makes a column text, or takes texts for marks of missing values, where cells are not what it should hold.
  private mutating func loosen(_ group: ProblemGroup, _ rows: Int) -> Bool {
    guard let number = column(group.column) else { return false }
    let texts = Set(group.values.texts)
    let isWhole = group.values.isWhole && group.values.count == group.count
    if group.count * 100 <= rows * Self.mostOdd {
      let takesWords = columns[number].register == nil && !columns.contains { $0.annotations.contains { $0.name == .withhold } }
      let words = texts.filter { takesWords ? MissingMark.mayBe($0) : MissingMark.isKnown($0) }.subtracting(columns[number].missing)
      guard isWhole, !words.isEmpty else { return false }
      columns[number].missing = (columns[number].missing + words).sorted()
      return true
    }
    let wasText = columns[number].datatype.base == .string && columns[number].register == nil
    let hadSteps = columns[number].annotations.contains { $0.name == .clean || $0.name == .time }
    notes.removeAll { $0.about == .cells(of: number) }
    columns[number].datatype = DatatypeDescription()
    columns[number].register = nil
    columns[number].pattern = nil
    columns[number].missing = []
    columns[number].valueURL = nil
    columns[number].annotations.removeAll { $0.name == .clean || $0.name == .time }
    return !wasText || hadSteps
  }
}
