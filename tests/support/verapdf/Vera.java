// SPDX-License-Identifier: MIT

import java.io.File;
import java.util.SortedSet;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates PDF files with veraPDF, all in one virtual machine.
 *
 * <p>Arguments: profiles with commas between, then files. Prints one line for each file and profile, its fields
 * divided by tabs: the file, the profile, and either {@code ok} or the rules that failed with spaces between.
 */
public final class Vera {
  private Vera() {}

  public static void main(String[] arguments) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (int index = 1; index < arguments.length; index++) {
      for (String profile : arguments[0].split(",")) {
        System.out.println(arguments[index] + "\t" + profile + "\t" + verdict(arguments[index], profile));
      }
    }
  }

  private static String verdict(String file, String profile) throws Exception {
    PDFAFlavour flavour = PDFAFlavour.fromString(profile);
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour)) {
      PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
      ValidationResult result = validator.validate(parser);
      return result.isCompliant() ? "ok" : String.join(" ", failures(result));
    }
  }

  private static SortedSet<String> failures(ValidationResult result) {
    SortedSet<String> rules = new TreeSet<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        rules.add(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber());
      }
    }
    return rules;
  }
}
