import Bytes
import Problems
import Tables
import Testing

@Suite("Places of cells: physical line and column of the text, from 1") struct CSVPlaceTests {
  @Test(
    "places are those that an editor shows",
    arguments: [
      ("a;b\n1;22;3\n", Dialect(), [["2:1", "2:3", "2:6"]]),
      ("a;b\r\n1;2\r\n3;4\r\n", Dialect(), [["2:1", "2:3"], ["3:1", "3:3"]]),
      ("a;b\r1;2\r3;4\r", Dialect(), [["2:1", "2:3"], ["3:1", "3:3"]]),
      ("a;b\nåäö;2\n", Dialect(), [["2:1", "2:5"]]),
      ("a;b\n🏫;2\n", Dialect(), [["2:1", "2:3"]]),
      ("a;b\n\"x\n\ny\";2\n3;4\n", Dialect(), [["2:1", "4:4"], ["5:1", "5:3"]]),
      ("a;b\n\"x\r\ny\";2\r\n3;4\n", Dialect(), [["2:1", "3:4"], ["4:1", "4:3"]]),
      ("a;b\n\"x\"\"\";\"2\"\n", Dialect(), [["2:1", "2:7"]]),
      ("\"a\nb\";c\n1;2\n", Dialect(), [["3:1", "3:3"]]),
      ("\n\nx;y\n1;2\n", dialect { $0.skipRows = 2 }, [["4:1", "4:3"]]),
      ("a;b\n  1;\"  2\"\n", dialect { $0.trim = .both }, [["2:3", "2:5"]]),
      ("a;b;c\n1;2;3\n", dialect { $0.skipColumns = 1 }, [["2:3", "2:5"]]),
      (
        "a;b|1;2|3\n;4",
        dialect {
          $0.lineTerminators = ["|"]
          $0.delimiter = ";"
        }, [["1:5", "1:7"], ["1:9", "2:2"]]
      ),
    ])
  func places(_ text: String, _ dialect: Dialect, _ expected: [[String]]) throws {
    for piece in [1, 5, 1000] {
      #expect(try ReadTable(Array(text.utf8), dialect, piece: piece, blockSize: piece).places == expected)
    }
  }

  @Test("a place names the file, the row and the column")
  func wholePlace() throws {
    let reader = try CSVReader(memory("kod;namn\n1880;Örebro\n180;\n"), problems: ignored)
    var batch = RowBatch()
    #expect(try reader.next(&batch))
    let place = batch.place(1, 0)
    #expect(place.file == "t.csv")
    #expect(place.row == 2)
    #expect(place.tableColumn == "kod")
    #expect(place.pointer == nil)
    #expect(place.prefix == "t.csv:3:1")
  }

  @Test("a cell that the row lacks is placed where the row ends")
  func missingCell() throws {
    let reader = try CSVReader(memory("a;b;c\n1;22\n"), problems: ignored)
    var batch = RowBatch()
    #expect(try reader.next(&batch))
    #expect(ReadTable.text(batch.place(0, 2)) == "2:5")
    #expect(batch.place(0, 2).tableColumn == "c")
  }
}
