using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Halley.Data;
using Halley.Decisions;

namespace Halley.Cli;

/// <summary><c>halley decide DECISION --input FILE</c>: one record, explained, nothing logged.</summary>
sealed class DecideVerb() : Verb("decide", "Decide one record, with every step; nothing is logged.")
{
    readonly Argument<string> decision = new("decision")
    {
        Description = "A decision file or its name, or a release such as motor-quote@2.",
    };
    readonly Option<string?> input = new("--input")
    {
        Description = "JSON file with the record; '-' or nothing reads standard input.",
    };

    protected override IEnumerable<Symbol> Symbols => [decision, input];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var plan = await context.WithProgressAsync(
            "load",
            progress => Plans.OfAsync(project, store, context.Get(decision), progress, context.Cancellation)
        );
        var engine = new DecisionEngine(plan);
        var record =
            context.Get(input) is { } path && path != "-"
                ? await File.ReadAllBytesAsync(path, context.Cancellation)
                : Encoding.UTF8.GetBytes(await Console.In.ReadToEndAsync(context.Cancellation));
        if (!engine.TryDecide(record, out var answer, out var problems))
            throw new HalleyException("HLY7025", $"the record can't be decided: {string.Join(" ", problems)}");
        var buffer = new ArrayBufferWriter<byte>();
        using (answer)
        using (var writer = new Utf8JsonWriter(buffer))
            answer.Write(writer, AnswerDetail.Explained);
        var document = JsonNode.Parse(buffer.WrittenSpan)!;
        context.Output.Write(document, console => console.WriteLine(document.ToJsonString(Output.Json)));
        return ExitStatus.Passed;
    }
}
