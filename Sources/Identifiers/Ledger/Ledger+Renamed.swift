import Bytes
package import Problems

extension Ledger {
  /// Tells of keys that have ended and that the register's table calls otherwise than they were called then: another thing may have got them.
  package func tellRenamed(in register: Register, _ problems: any ProblemSink) {
    for member in register.members {
      guard let entry = member.key.withView({ entry(of: $0) }), entry.standing.isEnded, let label = entry.label,
        let name = member.names.first, !member.names.contains(label)
      else { continue }
      problems.report(
        Problem(
          .identifierRenamed, at: Place(file: file, line: entry.line), value: member.key.text,
          ["register": .text(register.name), "label": .text(label.text), "name": .text(name.text)]))
    }
  }
}
