import AsyncHTTPClient
import NIOCore
import NIOHTTP1
package import Problems
package import Resources

/// Asks servers over HTTP within the limits of a policy (``NetworkPolicy/largestBody`` is each asker's own matter but for compressed bodies:
/// answers are read as they come).
package struct NetworkExchange: ByteExchange {
  private let files: FileSource
  private let policy: NetworkPolicy

  /// An exchange under a policy. What a folder of `files` stands in for is not on the network.
  package init(_ files: FileSource, policy: NetworkPolicy) {
    self.files = files
    self.policy = policy
  }

  /// Posts a question. An answer has the status 200; where it stands elsewhere (303) it is read there.
  package func answer(to question: PostedQuestion, watch: @escaping () throws(Failure) -> Void) throws(Failure) -> PostedAnswer {
    let name = question.name
    if policy.isOffline || files.path(of: name) != nil { throw Failure(.networkUnavailable, at: Place(file: name), ["name": name]) }
    let pipe = BodyPipe()
    let message = HTTPFetch<Void>.Message(
      method: .POST, headers: [("Accept", question.accept), ("Content-Type", question.contentType)], body: question.body)
    let fetch = HTTPFetch(name, policy, message) { response, _ in
      if response.status.code != 200 { throw Failure(status: Int(response.status.code), of: name) }
      pipe.begin(response.headers.first(name: "Content-Type") ?? "")
      for try await part in response.body { try await pipe.write(part) }
    }
    let task = Task.detached(executorPreference: WorkQueue()) { pipe.end(await fetch.result()) }
    let stream = PipedStream(pipe, task, name: name, watch: watch)
    return PostedAnswer(contentType: try pipe.beginning(watch), stream: stream)
  }
}

/// An answer that is read while it comes.
private final class PipedStream: ByteStream {
  let name: String
  let isFromNetwork = true
  private let pipe: BodyPipe
  private let task: Task<Void, Never>
  private let watch: () throws(Failure) -> Void
  private var block = ByteBuffer()

  init(_ pipe: BodyPipe, _ task: Task<Void, Never>, name: String, watch: @escaping () throws(Failure) -> Void) {
    self.name = name
    self.pipe = pipe
    self.task = task
    self.watch = watch
  }

  /// Whoever lets the stream go ends the request.
  deinit {
    pipe.abandon()
    task.cancel()
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    try watch()
    while block.readableBytes == 0 {
      guard let next = try pipe.next(watch) else { return 0 }
      block = next
    }
    let count = min(block.readableBytes, target.count)
    block.readWithUnsafeReadableBytes { bytes in
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.prefix(count)))
      return count
    }
    return count
  }
}
