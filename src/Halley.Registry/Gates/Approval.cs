using Halley.Data;

namespace Halley.Registry;

/// <summary>One person's agreement to one request, bound to what that person saw.</summary>
/// <param name="Subject">Hash of release, gates, evidence, place and state of the environment: any change of these voids the approval.</param>
/// <param name="Role">The role in which the person agreed, for example <c>chief actuary</c>; null where none was named.</param>
public sealed record Approval(string Request, ContentHash Subject, Actor By, DateTimeOffset At, string Why, string? Role = null);
