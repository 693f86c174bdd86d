using System.Text.Json.Nodes;

namespace Halley.Specs;

/// <summary>What a place in a spec may hold: one declaration that reads it, names what is wrong, and describes it to editors.</summary>
/// <typeparam name="T">What reading it gives.</typeparam>
abstract class Shape<T>
{
    /// <summary>In words, for messages: "a number of at least 0".</summary>
    public abstract string Expected { get; }

    /// <summary>Reads the node; where it does not fit, adds a problem and returns default.</summary>
    public abstract T? Read(SpecNode node, SpecProblems problems);

    /// <summary>The same as JSON Schema (draft 2020-12).</summary>
    public abstract JsonObject ToJsonSchema();

    /// <summary>The value it gives, turned into another; <paramref name="convert"/> may refuse it with a sentence.</summary>
    public Shape<TOut> Then<TOut>(Func<T, SpecNode, SpecProblems, TOut?> convert) => new ConvertedShape<T, TOut>(this, convert);

    public Shape<TOut> Then<TOut>(Func<T, TOut?> convert) => new ConvertedShape<T, TOut>(this, (value, _, _) => convert(value));

    private protected static void Refuse(SpecNode node, string expected, SpecProblems problems) =>
        problems.Add(node, $"{node.Describe()} where {expected} is expected.");
}
