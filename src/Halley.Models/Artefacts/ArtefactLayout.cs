namespace Halley.Models;

/// <summary>The container's layout: fixed-size records, so that a reader checks every size before it uses one.</summary>
/// <remarks>
/// <code>
/// offset  bytes
/// 0       8      magic "HLYMODEL"
/// 8       4      version of the layout, little endian
/// 12      4      number of sections, n
/// 16      64·n   directory: name (16, ASCII, zero padded), offset (8), length (8), SHA-256 of the section (32)
/// …              the sections, one after the other, in the directory's order, with nothing between them
/// end−32  32     SHA-256 of every byte before it: the artefact's identity
/// </code>
/// All numbers are little endian.
/// </remarks>
static class ArtefactLayout
{
    public const uint Version = 1;
    public const int MaximumSections = 16;

    /// <summary>Largest artefact read or written: 1 GiB.</summary>
    public const long MaximumBytes = 1L << 30;

    public const int NameBytes = 16;
    public const int PreambleBytes = 16;
    public const int EntryBytes = NameBytes + 8 + 8 + ContentHash.ByteCount;

    public static ReadOnlySpan<byte> Magic => "HLYMODEL"u8;

    public static int DirectoryEnd(int sectionCount) => PreambleBytes + EntryBytes * sectionCount;
}
