import Bytes
import Identifiers

extension TableDescription {
  /// The table as it reads a file with this header. A column with a register of which the file has no title is found by a title that the
  /// words say means the same: codes of that register, as values of that property. What else in the file means the same is compared with it.
  func reading(header: [ByteString], _ words: HeaderWords) -> TableDescription {
    guard extras.matchesByTitle, let columns = schema.columns else { return self }
    func isTold(_ title: ByteString) -> Bool {
      let folded = foldedTitle(title)
      return folded.isEmpty || columns.enumerated().contains { !$1.isVirtual && $1.answers(to: folded, number: $0 + 1) }
    }
    var free = header.filter { !isTold($0) }
    if free.isEmpty { return self }
    var result = self
    var added: (cells: [ColumnDescription], codes: [ColumnDescription]) = ([], [])
    for (number, column) in columns.enumerated() where !column.isVirtual {
      guard let register = column.extras.register, let property = column.inherited.propertyURL?.source else { continue }
      var known = free.compactMap { title in
        words.rank(of: title, register: register, property: property).map { (title: title, rank: $0) }
      }
      if known.isEmpty { continue }
      known.sort { $0.rank < $1.rank }
      free.removeAll { title in known.contains { $0.title == title } }
      // Descriptions that mean the same are forms of one column.
      let forms = columns.enumerated().filter {
        !$1.isVirtual && $1.extras.register == register && $1.inherited.propertyURL?.source == property
      }
      func isInFile(_ form: (offset: Int, element: ColumnDescription)) -> Bool {
        header.contains { form.element.answers(to: foldedTitle($0), number: form.offset + 1) }
      }
      let found = forms.first(where: isInFile)
      let place = found?.offset ?? number
      if found == nil { result.schema.columns?[number].add(title: known.removeFirst().title, number: number + 1) }
      guard let other = known.first, columns[place].extras.check == nil else { continue }
      let name = columns[place].name(number: place + 1)
      let (cell, code) = comparison(with: columns[place], name, title: other.title)
      result.schema.columns?[place].extras.check = ByteString("{" + code.name(number: 0).text + "}")
      added.cells.append(cell)
      added.codes.append(code)
    }
    let end = columns.firstIndex(where: \.isVirtual) ?? columns.count
    result.schema.columns?.insert(contentsOf: added.cells, at: end)
    result.schema.columns?.append(contentsOf: added.codes)
    return result
  }

  /// Two columns that give what another of the file's says a column should be: its text, and the code that it means. A text that means none
  /// says nothing.
  private func comparison(
    with column: ColumnDescription, _ name: ByteString, title: ByteString
  ) -> (cell: ColumnDescription, code: ColumnDescription) {
    var cell = ColumnDescription()
    cell.declaredName = ByteString(name.text + "_also")
    cell.titles = [LocalizedText(text: title, language: "und")]
    cell.suppressesOutput = true
    var code = ColumnDescription()
    code.declaredName = ByteString(name.text + "_also_code")
    code.isVirtual = true
    code.suppressesOutput = true
    code.inherited.default = ByteString("{" + name.text + "_also}")
    code.extras.register = column.extras.register
    return (cell, code)
  }
}

extension ColumnDescription {
  /// Gives the column one title more.
  fileprivate mutating func add(title: ByteString, number: Int) {
    if titles.isEmpty { titles = [LocalizedText(text: name(number: number), language: "und")] }
    titles.append(LocalizedText(text: title, language: "und"))
  }
}
