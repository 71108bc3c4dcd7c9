package import Mapping
import Problems
package import Resources

extension RunReport {
  /// Adds what may mend the run.
  /// - Parameters:
  ///   - survey: what the run learnt of the columns.
  ///   - library: where the registers and the words of headers stand; what can't be read there suggests nothing.
  package mutating func suggest(_ survey: ColumnSurvey, _ library: Library, resources: any ByteSource) {
    suggestions += survey.suggestions(
      for: groups, rows: conversion.rowsRead, registers: RegisterShelf(library, resources: resources).all,
      words: library.headerWords(resources))
  }
}

extension Library {
  /// What words in headers mean (`vocabularies/headers.csv`); nothing where there is no such file.
  package func headerWords(_ resources: any ByteSource) -> HeaderWords {
    guard let path = file("vocabularies/headers.csv"), let stream = try? resources.open(path) else { return HeaderWords() }
    return (try? HeaderWords(stream, problems: ProblemList(kept: 0))) ?? HeaderWords()
  }
}
