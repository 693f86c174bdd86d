namespace Halley.Models;

/// <summary>What needs a prediction that is a number.</summary>
static class NumberModels
{
    /// <exception cref="HalleyException">HLY3310: the model predicts classes.</exception>
    public static void Require(FittedModel model, string what)
    {
        if (model.Outputs is ClassOutputs)
            throw new HalleyException(
                "HLY3310",
                $"model '{model.Name}' predicts classes, and {what} looks at one number a row. Explain each class with 'halley explain --what shap', or measure with 'halley evaluate'."
            );
    }
}
