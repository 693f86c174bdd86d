namespace Halley.Decisions;

/// <summary>Stable codes of the problems that a definition may have.</summary>
static class DecisionCodes
{
    /// <summary>The definition as a whole can't be used; the message lists all problems.</summary>
    public const string Definition = "HLY4001";

    /// <summary>The JSON is no definition.</summary>
    public const string Json = "HLY4002";

    /// <summary>A test case is not as it should be.</summary>
    public const string TestCase = "HLY4003";

    /// <summary>A table can't be decided on.</summary>
    public const string Batch = "HLY4004";

    /// <summary>A usual range can't be learned.</summary>
    public const string Learn = "HLY4005";

    /// <summary>Staff, hours or records a week outside their range, or a lane that there is not.</summary>
    public const string Staffing = "HLY4006";

    /// <summary>No threshold keeps a lane within its capacity.</summary>
    public const string Capacity = "HLY4007";

    /// <summary>A name is empty, taken or not allowed.</summary>
    public const string Name = "HLY4011";

    /// <summary>Steps and models need each other in a circle.</summary>
    public const string Cycle = "HLY4012";

    /// <summary>A model that there is not, or a field that it needs.</summary>
    public const string Model = "HLY4013";

    /// <summary>A formula of the wrong kind for its place.</summary>
    public const string Kind = "HLY4014";

    /// <summary>An action that there is not.</summary>
    public const string Action = "HLY4015";

    /// <summary>A triage, random check, money rule or other setting outside its range.</summary>
    public const string Setting = "HLY4016";

    /// <summary>A reason or usual range that contradicts itself.</summary>
    public const string Reason = "HLY4017";

    /// <summary>A fallback chain that can't work.</summary>
    public const string Fallback = "HLY4018";
}
