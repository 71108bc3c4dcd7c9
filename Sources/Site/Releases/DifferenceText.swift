import Bytes
package import Problems
package import Resources

extension Difference {
  /// Writes lines of N-Quads, those that were added after `+ ` and those that were removed after `- `. Between releases each file has a heading
  /// of lines that begin with `#`: the file, how much differs, and which identifiers.
  /// - Throws: ``ProblemCode/writeFailed``.
  package func write(to output: any ByteOutput, in language: Language) throws(Failure) {
    var out = ByteBuffer(capacity: 1 << 16)
    for (number, part) in parts.enumerated() {
      if isOfReleases {
        if number > 0 { out.append("\n") }
        for line in heading(of: part, in: language) { out.append(text: "# \(line)\n") }
      }
      try forEachLine(of: part) { isAdded, line throws(Failure) in
        out.append(isAdded ? "+ " : "- ")
        out.append(line)
        out.append("\n")
        if out.count > 1 << 19 {
          try output.write(out.view)
          out.truncate()
        }
      }
    }
    try output.write(out.view)
  }

  private func heading(of part: Part, in language: Language) -> [String] {
    var lines = [part.name, part.graph.map { "<\($0)>" }].compactMap { $0 }
    if lines.count > 1 { lines = [lines.joined(separator: " ")] }
    lines.append(part.summary(in: language))
    for (word, identifiers, count) in part.lists(in: language) where count > 0 {
      for identifier in identifiers { lines.append("  \(word) <\(identifier)>") }
      if count > identifiers.count {
        lines.append("  " + Wording.shared.text("more", in: language, ["count": language.number(count - identifiers.count)]))
      }
    }
    return lines
  }

  /// How much differs, in words: «lines: 2 added, 1 removed; identifiers: 1 new, 0 gone, 1 changed».
  /// - Parameter counts: nil for a file that has no identifiers.
  package static func summary(added: Int, removed: Int, _ counts: IdentifierCounts?, in language: Language) -> String {
    var numbers = ["added": language.number(added), "removed": language.number(removed)]
    if let counts {
      numbers["new"] = language.number(counts.added)
      numbers["gone"] = language.number(counts.removed)
      numbers["changed"] = language.number(counts.changed)
    }
    return Wording.shared.text(counts == nil ? "diff-summary-lines" : "diff-summary", in: language, numbers)
  }

  /// Appends the difference as JSON: `{"old", "new", "same", "added", "removed", "parts": [{"file"?, "graph"?, "added", "removed", "identifiers":
  /// {"added": {"count", "first": []}, "removed", "changed"}, "lines": ["+ …", "- …"]}]}`.
  /// - Throws: ``ProblemCode/writeFailed``.
  package func writeJSON(to output: any ByteOutput) throws(Failure) {
    var out = ByteBuffer(capacity: 1 << 16)
    out.append("{\"old\":")
    out.append(jsonText: names.old)
    out.append(",\"new\":")
    out.append(jsonText: names.new)
    out.append(text: ",\"same\":\(parts.isEmpty),\"added\":\(added),\"removed\":\(removed),\"parts\":[")
    for (number, part) in parts.enumerated() {
      out.append(number > 0 ? ",\n{" : "\n{")
      for (name, text) in [("file", part.name), ("graph", part.graph)] {
        guard let text else { continue }
        out.append(text: "\"\(name)\":")
        out.append(jsonText: text)
        out.append(",")
      }
      out.append(text: "\"added\":\(part.added),\"removed\":\(part.removed),\"identifiers\":{")
      let lists = [
        ("added", part.addedIdentifiers, part.counts.added), ("removed", part.removedIdentifiers, part.counts.removed),
        ("changed", part.changedIdentifiers, part.counts.changed),
      ]
      for (place, (name, identifiers, count)) in lists.enumerated() {
        out.append(text: "\(place > 0 ? "," : "")\"\(name)\":{\"count\":\(count),\"first\":[")
        for (place, identifier) in identifiers.enumerated() {
          if place > 0 { out.append(",") }
          out.append(jsonText: identifier)
        }
        out.append("]}")
      }
      out.append("},\"lines\":[")
      var isFirst = true
      var text = ByteBuffer()
      try forEachLine(of: part) { isAdded, line throws(Failure) in
        text.truncate()
        text.append(isAdded ? "+ " : "- ")
        text.append(line)
        out.append(isFirst ? "\n" : ",\n")
        out.append(jsonString: text.view)
        isFirst = false
        if out.count > 1 << 19 {
          try output.write(out.view)
          out.truncate()
        }
      }
      out.append("]}")
    }
    out.append("]}\n")
    try output.write(out.view)
  }
}

extension Difference.Part {
  /// How much differs, in words.
  func summary(in language: Language) -> String {
    Difference.summary(added: added, removed: removed, isLedger ? nil : counts, in: language)
  }

  /// The identifiers by what became of them, with a word for it and how many there are.
  func lists(in language: Language) -> [(word: String, identifiers: [String], count: Int)] {
    let wording = Wording.shared
    return [
      (wording.word("diff-added", in: language), addedIdentifiers, counts.added),
      (wording.word("diff-removed", in: language), removedIdentifiers, counts.removed),
      (wording.word("diff-changed", in: language), changedIdentifiers, counts.changed),
    ]
  }
}
