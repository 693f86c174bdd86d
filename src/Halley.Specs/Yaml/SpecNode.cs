namespace Halley.Specs;

/// <summary>A value of a YAML file, with the place where it stands. Lines and columns count from 1.</summary>
abstract record SpecNode(int Line, int Column)
{
    /// <summary>What it is, in words for messages.</summary>
    public abstract string Describe();
}

/// <summary>A text, number, date or flag as written.</summary>
/// <param name="IsQuoted">Whether it stood in quotes, so that <c>"12"</c> stays a text.</param>
sealed record ScalarNode(string Text, bool IsQuoted, int Line, int Column) : SpecNode(Line, Column)
{
    /// <summary>Empty, <c>~</c> or <c>null</c>, not in quotes.</summary>
    public bool IsNull => !IsQuoted && Text is "" or "~" or "null";

    public override string Describe() => IsNull ? "nothing" : $"'{Text}'";
}

sealed record ListNode(IReadOnlyList<SpecNode> Items, int Line, int Column) : SpecNode(Line, Column)
{
    public override string Describe() => "a list";
}

sealed record MapNode(IReadOnlyList<MapEntry> Entries, int Line, int Column) : SpecNode(Line, Column)
{
    public SpecNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key)?.Value;

    public override string Describe() => "a group of keys";
}

/// <summary>A key of a group, with its own place.</summary>
sealed record MapEntry(string Key, SpecNode Value, int Line, int Column);
