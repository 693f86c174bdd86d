namespace Halley.Decisions;

/// <summary>One difference between what two definitions ask of a caller and promise to one.</summary>
/// <param name="Part">What it is about: <c>input 'age'</c>, <c>output 'premium'</c>, <c>action 'refer'</c>.</param>
/// <param name="What">What differs, as the rest of a sentence without a full stop.</param>
/// <param name="IsBreaking">Whether a caller who was served before can be refused, or misread the answer, without a change of its own.</param>
public sealed record InterfaceChange(string Part, string What, bool IsBreaking)
{
    public override string ToString() => $"{Part} {What}";
}
