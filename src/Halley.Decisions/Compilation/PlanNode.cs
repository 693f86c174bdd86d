namespace Halley.Decisions;

/// <summary>A step, model or lane before it is compiled.</summary>
/// <param name="Name">Unique among nodes.</param>
/// <param name="Place">For messages: <c>step 'premium'</c>.</param>
/// <param name="Provides">Names that others can read once it is compiled.</param>
/// <param name="Needs">Names that it reads.</param>
/// <param name="Emit">Compiles it into a scope; false after noting a problem.</param>
sealed record PlanNode(
    string Name,
    string Place,
    IReadOnlyList<string> Provides,
    IReadOnlyList<string> Needs,
    Func<Scope, bool> Emit
)
{
    public bool IsModel { get; init; }
}
