import com.adobe.epubcheck.tool.EpubChecker;

/** Runs EPUBCheck on each book given: one JVM for all, because its start takes longer than most books. */
class Books {
	public static void main(String[] books) {
		int refused = 0;
		for (String book : books) {
			if (new EpubChecker().run(new String[] {"--failonwarnings", book}) != 0) {
				refused++;
			}
		}
		System.exit(refused > 0 ? 1 : 0);
	}
}
