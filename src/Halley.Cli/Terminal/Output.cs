using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Halley.Cli;

/// <summary>Where a command writes: its result to standard output, everything else to standard error.</summary>
/// <remarks>With <c>--json</c> the result is exactly one JSON document, snake_case, numbers in full.</remarks>
sealed class Output
{
    public static JsonSerializerOptions Json { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DictionaryKeyPolicy = null,
            WriteIndented = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };

    readonly TextWriter standardOutput;

    public Output(TextWriter standardOutput, TextWriter standardError, bool isJson)
    {
        this.standardOutput = standardOutput;
        IsJson = isJson;
        Result = ConsoleOn(standardOutput);
        Messages = ConsoleOn(standardError);
    }

    public bool IsJson { get; }

    /// <summary>Console on standard output, for a result that people read; silent under <c>--json</c> use.</summary>
    public IAnsiConsole Result { get; }

    /// <summary>Console on standard error: progress, warnings, errors.</summary>
    public IAnsiConsole Messages { get; }

    /// <summary>Writes the command's one result: <paramref name="document"/> under <c>--json</c>, else what <paramref name="draw"/> draws.</summary>
    public void Write(object document, Action<IAnsiConsole> draw)
    {
        if (IsJson)
            standardOutput.WriteLine(
                document is JsonNode node ? node.ToJsonString(Json) : JsonSerializer.Serialize(document, document.GetType(), Json)
            );
        else
            draw(Result);
        standardOutput.Flush();
    }

    /// <summary>One line for people, on standard error.</summary>
    public void Say(string message) => Messages.WriteLine(message);

    static IAnsiConsole ConsoleOn(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        // A pipe has no width; 80 would fold tables that a log viewer shows whole.
        if (Console.IsOutputRedirected)
            console.Profile.Width = 160;
        return console;
    }
}
