using System.Text.Json.Nodes;

namespace Halley.Specs;

/// <summary>A key of an <see cref="ObjectShape{T}"/>: its name, what it holds, and what it means.</summary>
abstract class Key(string name, bool isRequired, string meaning)
{
    public string Name { get; } = name;

    public bool IsRequired { get; } = isRequired;

    /// <summary>One sentence for editors and for messages.</summary>
    public string Meaning { get; } = meaning;

    public abstract object? Read(SpecNode node, SpecProblems problems);

    public abstract JsonObject ToJsonSchema();
}

/// <inheritdoc cref="Key"/>
sealed class Key<T>(string name, Shape<T> shape, bool isRequired, string meaning) : Key(name, isRequired, meaning)
{
    public override object? Read(SpecNode node, SpecProblems problems) => shape.Read(node, problems);

    public override JsonObject ToJsonSchema()
    {
        var schema = shape.ToJsonSchema();
        schema["description"] = Meaning;
        return schema;
    }
}
