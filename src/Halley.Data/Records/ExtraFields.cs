namespace Halley.Data;

/// <summary>What to do with a field of a record that the schema does not have.</summary>
public enum ExtraFields
{
    /// <summary>Refuse the record, naming the field: a misspelt name must not pass as a missing one.</summary>
    Reject,

    /// <summary>Pass over it.</summary>
    Ignore,
}
