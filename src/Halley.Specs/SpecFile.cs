using System.Text;
using System.Text.Json.Nodes;
using Halley.Data;

namespace Halley.Specs;

/// <summary>One kind of YAML file: how it is read, and how editors are told about it.</summary>
/// <typeparam name="T">The record it becomes.</typeparam>
public sealed class SpecFile<T>
    where T : class
{
    readonly Shape<T> shape;

    internal SpecFile(string kind, Shape<T> shape) => (Kind, this.shape) = (kind, shape);

    /// <summary>Name of the kind, for example <c>model</c>; its JSON schema is <c>KIND.schema.json</c>.</summary>
    public string Kind { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="HalleyException">HLY3500: no such file or not UTF-8; HLY3501: every problem with file, line, column and remedy; HLY3502, HLY3503: not readable as YAML.</exception>
    public T Read(string path)
    {
        if (!File.Exists(path))
            throw new HalleyException("HLY3500", $"there is no file '{path}'. Check the path, or write one with 'halley init'.");
        try
        {
            return Parse(
                new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF'),
                path
            );
        }
        catch (DecoderFallbackException fault)
        {
            throw new HalleyException("HLY3500", $"'{path}' is not UTF-8 (byte {fault.Index}). Save it as UTF-8.", inner: fault);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="place">What messages call it.</param>
    public T Parse(string text, string place)
    {
        var problems = new SpecProblems(place);
        var value = shape.Read(YamlFile.Parse(text, place), problems);
        problems.ThrowIfAny();
        return value!;
    }

    /// <summary>JSON Schema (draft 2020-12) for editors.</summary>
    public JsonObject ToJsonSchema()
    {
        var schema = shape.ToJsonSchema();
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["title"] = $"Halley {Kind}";
        return schema;
    }
}
