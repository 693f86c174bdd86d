using Halley.Decisions;

namespace Halley.Registry;

/// <summary>An answer as the log keeps it: the parts of its JSON, byte for byte.</summary>
/// <param name="Outputs">Object: <c>action</c>, then the outputs.</param>
/// <param name="Steps">Object: every named step.</param>
/// <param name="Reasons">Array of sentences.</param>
public sealed record AnswerBytes(ReadOnlyMemory<byte> Outputs, ReadOnlyMemory<byte> Steps, ReadOnlyMemory<byte> Reasons)
{
    /// <summary>The parts of an answer, in one array.</summary>
    public static AnswerBytes Of(DecisionAnswer answer)
    {
        var scratch = JsonScratch.Begin();
        answer.WriteActionAndOutputs(scratch.Writer);
        var outputs = scratch.EndPart();
        answer.WriteSteps(scratch.Writer);
        var steps = scratch.EndPart();
        answer.WriteReasons(scratch.Writer);
        var reasons = scratch.EndPart();
        var all = scratch.ToArray();
        return new(all.AsMemory(0, outputs), all.AsMemory(outputs, steps - outputs), all.AsMemory(steps, reasons - steps));
    }
}
