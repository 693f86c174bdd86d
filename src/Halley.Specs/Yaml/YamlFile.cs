using Halley.Data;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Scalar = YamlDotNet.Core.Events.Scalar;

namespace Halley.Specs;

/// <summary>Reads YAML into nodes that know their place. Aliases, tags and deep nesting are refused: a spec needs none, and they hide attacks.</summary>
static class YamlFile
{
    const int MaximumDepth = 64;
    const int MaximumCharacters = 4 * 1024 * 1024;

    /// <summary>Reads the one document of a text.</summary>
    /// <param name="file">Name of the file, for messages.</param>
    /// <exception cref="HalleyException">HLY3502: not readable as YAML; HLY3503: too large or too deep.</exception>
    public static SpecNode Parse(string text, string file)
    {
        if (text.Length > MaximumCharacters)
            throw new HalleyException(
                "HLY3503",
                $"{file}: {text.Length:N0} characters; a spec has at most {MaximumCharacters:N0}."
            );
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                throw new HalleyException("HLY3502", $"{file}: the file is empty. 'halley init' writes one to start from.");
            parser.Consume<DocumentStart>();
            var node = Read(parser, file, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
                throw At(file, parser.Current!.Start, "a second document starts here; keep one to a file");
            return node;
        }
        // What the library did not foresee, such as a control character in the middle of a word.
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw new HalleyException(
                "HLY3502",
                $"{file}: not readable as YAML: {fault.Message} Check indentation, quotes, colons and characters that do not show.",
                inner: fault
            );
        }
        catch (YamlException fault)
        {
            throw new HalleyException(
                "HLY3502",
                $"{file}:{fault.Start.Line}:{fault.Start.Column}: not readable as YAML: {fault.Message} Check indentation, quotes and colons.",
                inner: fault
            );
        }
    }

    static SpecNode Read(IParser parser, string file, int depth)
    {
        if (depth > MaximumDepth)
            throw new HalleyException(
                "HLY3503",
                $"{file}:{parser.Current!.Start.Line}: nested deeper than {MaximumDepth} levels."
            );
        if (parser.Accept<AnchorAlias>(out var alias))
            throw At(file, alias.Start, $"the alias '*{alias.Value}' is not supported; write the value out");
        if (parser.TryConsume<Scalar>(out var scalar))
            return new ScalarNode(
                scalar.Value,
                scalar.Style != ScalarStyle.Plain,
                (int)scalar.Start.Line,
                (int)scalar.Start.Column
            );
        if (parser.TryConsume<SequenceStart>(out var list))
        {
            var items = new List<SpecNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Read(parser, file, depth + 1));
            return new ListNode(items, (int)list.Start.Line, (int)list.Start.Column);
        }
        return ReadMap(parser, file, depth);
    }

    static MapNode ReadMap(IParser parser, string file, int depth)
    {
        var map = parser.Consume<MappingStart>();
        var entries = new List<MapEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
                throw At(file, parser.Current!.Start, "a key must be a plain word");
            if (entries.Any(entry => entry.Key == key.Value))
                throw At(file, key.Start, $"the key '{key.Value}' stands twice; keep one");
            entries.Add(new(key.Value, Read(parser, file, depth + 1), (int)key.Start.Line, (int)key.Start.Column));
        }
        return new(entries, (int)map.Start.Line, (int)map.Start.Column);
    }

    static HalleyException At(string file, Mark place, string problem) =>
        new("HLY3502", $"{file}:{place.Line}:{place.Column}: {problem}.");
}
