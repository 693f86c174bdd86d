using System.Globalization;
using System.Text.Json;
using Halley.Data;
using static Halley.Data.FieldProblemKind;

namespace Halley.Server;

/// <summary>Reads the JSON of <c>POST /v2/models/{name}/infer</c>; names everything wrong with it at once.</summary>
sealed class InferenceCallReader
{
    const string Example = """{"inputs":[{"name":"age","shape":[1],"datatype":"FP64","data":[40]}]}""";

    readonly List<TensorProblem> problems = [];
    ReadOnlyMemory<byte> body;

    /// <param name="problems">All that is wrong with the envelope and its tensors; empty where nothing is.</param>
    /// <returns>The call, so that its values can be checked too; null where it has no inputs.</returns>
    public static InferenceCall? Read(ReadOnlyMemory<byte> body, int maximumDepth, out List<TensorProblem> problems)
    {
        var reader = new InferenceCallReader { body = body };
        problems = reader.problems;
        try
        {
            return reader.Read(maximumDepth);
        }
        catch (JsonException) when (NonFiniteLiterals.Quote(body.Span) is { } quoted && !quoted.AsSpan().SequenceEqual(body.Span))
        {
            // Bare NaN and Infinity are kept as text, so that the input that holds them can be named.
            return Read(quoted, maximumDepth, out problems);
        }
        catch (JsonException error)
        {
            var place = string.Create(
                CultureInfo.InvariantCulture,
                $"line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}"
            );
            reader.Add(
                "",
                null,
                $"not JSON of at most {maximumDepth} levels ({place})",
                $"one JSON object: {Example}",
                Unreadable
            );
        }
        catch (InvalidOperationException)
        {
            // A text that is no Unicode: bytes that are not UTF-8, or half of a surrogate pair.
            reader.Add("", null, "a name or text in it is not valid UTF-8", "one JSON object in UTF-8", Unreadable);
        }
        return null;
    }

    InferenceCall? Read(int maximumDepth)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = maximumDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Add("", null, "the body is not an object", Example, WrongKind);
            return null;
        }
        string? id = null;
        List<InferenceTensor>? inputs = null;
        IReadOnlyList<string> outputs = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "id":
                    id = Text(ref reader, name);
                    break;
                case "inputs":
                    inputs = Tensors(ref reader);
                    break;
                case "outputs":
                    outputs = Outputs(ref reader);
                    break;
                case "parameters":
                    reader.Skip();
                    break;
                default:
                    Add(name, null, "is no field of a request", "id, parameters, inputs, outputs", Extra);
                    reader.Skip();
                    break;
            }
        }
        // Reads to the end, so that text behind the object is refused too.
        while (reader.Read()) { }
        if (inputs is not null)
            return new(id, inputs, outputs);
        if (problems.Count == 0)
            Add("inputs", null, "is missing", "a list of tensors", Missing);
        return null;
    }

    List<InferenceTensor>? Tensors(ref Utf8JsonReader reader)
    {
        if (!IsList(ref reader, "inputs"))
            return null;
        var tensors = new List<InferenceTensor>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Add("inputs", null, "holds what is no tensor", Example, WrongKind);
                reader.Skip();
            }
            else if (Tensor(ref reader) is { } tensor)
            {
                tensors.Add(tensor);
            }
        }
        return tensors;
    }

    JsonTensor? Tensor(ref Utf8JsonReader reader)
    {
        var (name, datatype) = ((string?)null, (string?)null);
        List<long>? shape = null;
        List<(int, int)>? values = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString()!;
            reader.Read();
            switch (member)
            {
                case "name":
                    name = Text(ref reader, "name of a tensor");
                    break;
                case "datatype":
                    datatype = Text(ref reader, "datatype");
                    break;
                case "shape":
                    shape = Shape(ref reader);
                    break;
                case "data":
                    values = Values(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        foreach (
            var (member, isThere) in new[]
            {
                ("name", name is not null),
                ("datatype", datatype is not null),
                ("shape", shape is not null),
                ("data", values is not null),
            }
        )
        {
            if (!isThere)
                Add(name ?? "inputs", null, $"the tensor has no '{member}'", "name, shape, datatype and data", Missing);
        }
        return name is null || datatype is null || shape is null || values is null
            ? null
            : new JsonTensor(name, datatype, shape, body, values);
    }

    List<long>? Shape(ref Utf8JsonReader reader)
    {
        if (!IsList(ref reader, "shape"))
            return null;
        var shape = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var size))
                shape.Add(size);
            else
                Add("shape", null, "holds what is no whole number", "[n] or [n, 1]", WrongKind);
            reader.TrySkip();
        }
        return shape;
    }

    /// <summary>Where each value stands; nested lists are read in row order, as the protocol allows.</summary>
    List<(int, int)>? Values(ref Utf8JsonReader reader)
    {
        if (!IsList(ref reader, "data"))
            return null;
        var (values, depth) = (new List<(int, int)>(), 1);
        while (depth > 0 && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                depth++;
            }
            else if (reader.TokenType == JsonTokenType.EndArray)
            {
                depth--;
            }
            else
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                values.Add((start, (int)reader.BytesConsumed - start));
            }
        }
        return values;
    }

    List<string> Outputs(ref Utf8JsonReader reader)
    {
        var names = new List<string>();
        if (!IsList(ref reader, "outputs"))
            return names;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Add("outputs", null, "holds what is no output", """[{"name":"prediction"}]""", WrongKind);
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isName = reader.ValueTextEquals("name"u8);
                reader.Read();
                if (isName && Text(ref reader, "name of an output") is { } name)
                    names.Add(name);
                else
                    reader.Skip();
            }
        }
        return names;
    }

    bool IsList(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
            return true;
        Add(name, null, "is no list", "a list", WrongKind);
        reader.Skip();
        return false;
    }

    string? Text(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        Add(name, null, "is not a text", "a text", WrongKind);
        reader.Skip();
        return null;
    }

    void Add(string field, string? value, string problem, string expected, FieldProblemKind kind)
    {
        var name = field.Length > 64 ? field[..64] : field;
        if (problems.Count < ServedModel.MostProblems)
            problems.Add(new(new(name, value, problem, expected, kind)));
    }
}
