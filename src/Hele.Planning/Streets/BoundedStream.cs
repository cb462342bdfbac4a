using System.IO.Compression;

namespace Hele.Planning.Streets;

/// <summary>A file that is larger, or unpacks to more, than the limits allow.</summary>
sealed class TooLargeException(string message) : IOException(message);

/// <summary>
/// Reads a file as it is or unpacked (gzip), never more than the limits allow. Counts what comes out against what went in, so that a small file that unpacks without end is
/// stopped after the first megabyte; and refuses a run of <paramref name="longestRun"/> bytes without the character that ends an element.
/// </summary>
sealed class BoundedStream : Stream
{
    readonly Counting packed;
    readonly Stream inner;
    readonly ImportLimits limits;
    readonly bool unpacks;
    long given;
    int run;

    /// <summary>0: no limit of runs.</summary>
    public int LongestRun { get; set; }

    public long Given => given;
    /// <summary>How many bytes of the file itself were read.</summary>
    public long Taken => packed.Taken;

    public BoundedStream(Stream file, ImportLimits limits)
    {
        this.limits = limits;
        packed = new(file);
        unpacks = packed.StartsWith(0x1F, 0x8B);
        inner = unpacks ? new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true) : packed;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        given += read;
        if (given > limits.Bytes)
            throw new TooLargeException($"more than {limits.Bytes} bytes");
        if (unpacks && given > 1 << 20 && given > packed.Taken * limits.Ratio)
            throw new TooLargeException($"unpacks to more than {limits.Ratio} times its size");
        if (LongestRun > 0 && read > 0)
        {
            var last = buffer[..read].LastIndexOf((byte)'>');
            run = last < 0 ? run + read : read - last;
            if (run > LongestRun)
                throw new TooLargeException($"an element of more than {LongestRun} bytes");
        }
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => given; set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && inner != packed)
            inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Gives the first bytes again after they were looked at, and counts.</summary>
    sealed class Counting(Stream file) : Stream
    {
        readonly byte[] head = new byte[2];
        int headLength, headGiven;
        public long Taken { get; private set; }

        public bool StartsWith(byte a, byte b)
        {
            headLength = file.ReadAtLeast(head, 2, throwOnEndOfStream: false);
            return headLength == 2 && head[0] == a && head[1] == b;
        }

        public override int Read(Span<byte> buffer)
        {
            int read;
            if (headGiven < headLength && buffer.Length > 0)
            {
                read = Math.Min(buffer.Length, headLength - headGiven);
                head.AsSpan(headGiven, read).CopyTo(buffer);
                headGiven += read;
            }
            else
                read = file.Read(buffer);
            Taken += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Taken; set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
