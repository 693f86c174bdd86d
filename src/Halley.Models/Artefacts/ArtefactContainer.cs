using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Halley.Models;

/// <summary>Sections in one self-checking block of bytes; knows nothing of what they hold. See <see cref="ArtefactLayout"/>.</summary>
sealed class ArtefactContainer
{
    readonly ArtefactSection[] sections;

    ArtefactContainer(ArtefactSection[] sections, ContentHash hash)
    {
        this.sections = sections;
        Hash = hash;
    }

    /// <summary>The identity: SHA-256 of everything but itself.</summary>
    public ContentHash Hash { get; }

    /// <summary>The section of that name.</summary>
    /// <exception cref="HalleyException">HLY3106: the artefact has no such section.</exception>
    public ReadOnlyMemory<byte> this[string name]
    {
        get
        {
            foreach (var section in sections)
            {
                if (section.Name == name)
                    return section.Content;
            }
            throw ArtefactErrors.Structure($"it has no section '{name}'");
        }
    }

    /// <summary>Lays the sections out; equal sections give equal bytes.</summary>
    /// <exception cref="HalleyException">HLY3104: the artefact would be larger than 1 GiB.</exception>
    public static byte[] Compose(params ReadOnlySpan<ArtefactSection> sections)
    {
        long size = ArtefactLayout.DirectoryEnd(sections.Length) + ContentHash.ByteCount;
        foreach (var section in sections)
            size += section.Content.Length;
        if (size > ArtefactLayout.MaximumBytes)
            throw ArtefactErrors.TooLarge(size);

        var bytes = new byte[size];
        ArtefactLayout.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), ArtefactLayout.Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), sections.Length);
        var position = ArtefactLayout.DirectoryEnd(sections.Length);
        for (var i = 0; i < sections.Length; i++)
        {
            var content = sections[i].Content.Span;
            var entry = bytes.AsSpan(ArtefactLayout.DirectoryEnd(i), ArtefactLayout.EntryBytes);
            Encoding.ASCII.GetBytes(sections[i].Name, entry);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], position);
            BinaryPrimitives.WriteInt64LittleEndian(entry[24..], content.Length);
            SHA256.HashData(content, entry[32..]);
            content.CopyTo(bytes.AsSpan(position));
            position += content.Length;
        }
        SHA256.HashData(bytes.AsSpan(0, position), bytes.AsSpan(position));
        return bytes;
    }

    /// <summary>Checks and opens a container; its sections are views of <paramref name="bytes"/>.</summary>
    /// <exception cref="HalleyException">HLY3101 to HLY3106: not an artefact, truncated, tampered with, or malformed.</exception>
    public static ArtefactContainer Open(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        var shared = Math.Min(span.Length, ArtefactLayout.Magic.Length);
        if (shared == 0 || !span[..shared].SequenceEqual(ArtefactLayout.Magic[..shared]))
            throw ArtefactErrors.NotAnArtefact();
        if (span.Length < ArtefactLayout.PreambleBytes + ContentHash.ByteCount)
            throw ArtefactErrors.Truncated(span.Length);
        var version = BinaryPrimitives.ReadUInt32LittleEndian(span[8..]);
        if (version != ArtefactLayout.Version)
            throw ArtefactErrors.Version(version);

        var count = BinaryPrimitives.ReadUInt32LittleEndian(span[12..]);
        if (count is 0 or > ArtefactLayout.MaximumSections)
            throw ArtefactErrors.Structure(
                $"it claims {count} sections, where 1 to {ArtefactLayout.MaximumSections} are possible"
            );
        var contentEnd = span.Length - ContentHash.ByteCount;
        if (ArtefactLayout.DirectoryEnd((int)count) > contentEnd)
            throw ArtefactErrors.Truncated(span.Length);

        var sections = new ArtefactSection[count];
        long position = ArtefactLayout.DirectoryEnd((int)count);
        for (var i = 0; i < sections.Length; i++)
            sections[i] = ReadEntry(bytes[..contentEnd], i, ref position);
        if (position != contentEnd)
            throw ArtefactErrors.Structure($"{contentEnd - position} bytes belong to no section");

        var hash = CheckHashes(span, sections);
        return new(sections, hash);
    }

    static ArtefactSection ReadEntry(ReadOnlyMemory<byte> content, int index, ref long position)
    {
        var entry = content.Span.Slice(ArtefactLayout.DirectoryEnd(index), ArtefactLayout.EntryBytes);
        var name = Encoding.ASCII.GetString(entry[..ArtefactLayout.NameBytes]).TrimEnd('\0');
        var offset = BinaryPrimitives.ReadInt64LittleEndian(entry[16..]);
        var length = BinaryPrimitives.ReadInt64LittleEndian(entry[24..]);
        if (offset != position)
            throw ArtefactErrors.Structure($"section {index + 1} does not start where the one before it ends");
        if (length < 0 || length > content.Length - position)
            throw ArtefactErrors.Truncated(content.Length + ContentHash.ByteCount);
        position += length;
        return new(name, content.Slice((int)offset, (int)length));
    }

    static ContentHash CheckHashes(ReadOnlySpan<byte> bytes, ArtefactSection[] sections)
    {
        Span<byte> hash = stackalloc byte[ContentHash.ByteCount];
        for (var i = 0; i < sections.Length; i++)
        {
            SHA256.HashData(sections[i].Content.Span, hash);
            if (!hash.SequenceEqual(bytes.Slice(ArtefactLayout.DirectoryEnd(i) + 32, ContentHash.ByteCount)))
                throw ArtefactErrors.Tampered($"section '{Printable(sections[i].Name)}'");
        }
        var end = bytes.Length - ContentHash.ByteCount;
        SHA256.HashData(bytes[..end], hash);
        if (!hash.SequenceEqual(bytes[end..]))
            throw ArtefactErrors.Tampered("the file as a whole");
        return ContentHash.FromBytes(hash);
    }

    static string Printable(string name) => string.Concat(name.Select(letter => char.IsAsciiLetter(letter) ? letter : '?'));
}
