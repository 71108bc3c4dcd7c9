import Bytes
import RDF

/// The chain of hashes through a ledger: a line that is changed, taken out, added or moved no longer fits those after it.
struct LedgerChain {
  private let digest = Digest(.sha256)

  /// The first line of a register's ledger, with its line feed.
  static func header(_ register: ByteString) -> ByteString { ByteString("kommungraf-ledger\t1\t" + register.text + "\n") }

  /// The hash of the first line.
  func hash(ofHeader header: ByteString) -> ByteString { header.withView { shortened(digest.hex(of: $0)) } }

  /// The hash of a line without its hash, after a line with `previous`.
  func hash(of body: ByteView, after previous: ByteString) -> ByteString {
    var input = ByteBuffer(capacity: body.count + previous.count + 1)
    input.append(bytes: previous)
    input.append(UInt8(ascii: "\n"))
    input.append(body)
    return shortened(digest.hex(of: input.view))
  }

  private func shortened(_ hash: ByteString) -> ByteString { ByteString(Array(hash.bytes.prefix(LedgerLine.hashLength))) }
}
